import threading

import pytest

from camera_ocr.gui.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.close()


def test_work_is_done_elsewhere_and_its_result_comes_here(jobs, until):
    seen: list[object] = []
    jobs.run(threading.current_thread, lambda worker: seen.extend([worker, threading.current_thread()]))
    until(lambda: len(seen) == 2)
    worker, receiver = seen
    assert receiver is threading.current_thread()
    assert worker is not receiver


def test_error_comes_here_too(jobs, until):
    errors: list[Exception] = []
    jobs.run(lambda: 1 // 0, failed=errors.append)
    until(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_error_nobody_asked_for_is_logged(jobs, until, caplog):
    jobs.run(lambda: 1 // 0)
    until(lambda: "ZeroDivisionError" in caplog.text)


def test_close_waits_and_then_nothing_is_called(qtbot):
    jobs = Jobs()
    begun, go_on, done = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        assert go_on.wait(20)

    jobs.run(work, done.append)
    assert begun.wait(20)
    threading.Timer(0.05, go_on.set).start()
    jobs.close()
    assert go_on.is_set()
    qtbot.wait(20)
    assert done == []
    jobs.run(lambda: pytest.fail("ran after close"))
