"""What C libraries write to stderr is caught, and given back."""

import os
import threading

import pytest

from camera_ocr.quiet import caught_stderr


def test_what_is_written_meanwhile_is_caught_and_nothing_after(capfd: pytest.CaptureFixture[str]) -> None:
    with caught_stderr() as said:
        os.write(2, b"libpng error: bad\n")
    os.write(2, b"afterwards\n")
    assert said.text == "libpng error: bad\n"
    assert capfd.readouterr().err == "afterwards\n"


def test_stderr_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="odd"), caught_stderr():
        raise ValueError("odd")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "afterwards\n"


def test_threads_do_not_catch_each_others_words(capfd: pytest.CaptureFixture[str]) -> None:
    heard: dict[int, str] = {}

    def speak(number: int) -> None:
        for _ in range(20):
            with caught_stderr() as said:
                os.write(2, f"{number}\n".encode())
            heard[number] = heard.get(number, "") + said.text

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: f"{number}\n" * 20 for number in range(4)}
    assert capfd.readouterr().err == ""
