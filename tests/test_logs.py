import logging

import pytest

from camera_ocr.logs import LogFile, log_path, start_logging, unexpected


@pytest.fixture(autouse=True)
def own_log(monkeypatch, tmp_path):
    """A root logger without the handlers of other tests, and a log folder of its own."""
    root = logging.getLogger()
    old_level = root.level
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield
    for handler in root.handlers:
        handler.close()
    root.setLevel(old_level)


def boom() -> Exception:
    try:
        raise ZeroDivisionError("division by\nzero")
    except ZeroDivisionError as error:
        return error


def test_an_unforeseen_error_becomes_one_line_and_its_traceback_goes_to_the_log():
    sentence = unexpected(boom())
    assert sentence == f"Unexpected error (ZeroDivisionError: division by zero); details are in {log_path()}."
    assert "Traceback (most recent call last)" in log_path().read_text()


def test_nothing_is_written_before_there_is_something_to_say():
    start_logging()
    logging.getLogger("camera_ocr").info("not important enough")
    assert not log_path().parent.exists()


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert unexpected(boom()).endswith("camera-ocr.log cannot be written.")


def test_starting_twice_keeps_one_log_and_takes_the_new_level():
    assert start_logging("debug") is start_logging("error")
    assert sum(isinstance(h, LogFile) for h in logging.getLogger().handlers) == 1
    assert logging.getLogger().level == logging.ERROR


def test_a_log_that_could_not_be_written_is_tried_again(tmp_path):
    # GIVEN a log whose folder is a file, so that a record was lost
    (tmp_path / "log").write_text("in the way")
    log = LogFile(tmp_path / "log" / "camera-ocr.log")
    record = logging.LogRecord("test", logging.ERROR, __file__, 1, "seen", None, None)
    log.handle(record)
    assert not log.working
    # WHEN there is room for it
    (tmp_path / "log").unlink()
    log.handle(record)
    log.close()
    # THEN it is written, and told to be
    assert log.working
    assert "seen" in (tmp_path / "log" / "camera-ocr.log").read_text()
