import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from convert.datasets.dhsd import DhsdError, read_image, read_words


def test_rows_give_name_split_writer_and_text(originals: Path) -> None:
    words = list(read_words(originals / "dhsd"))
    assert [(w.name, w.split, w.writer, w.text) for w in words] == [
        ("w01_1_12", "train", 1, "Wülknitz"),
        ("w01_1_41", "train", 1, "Pöhl"),
    ]


def test_image_is_grey_with_dark_ink(originals: Path) -> None:
    image = read_image(originals / "dhsd" / "german_hw_data" / "writer1" / "1_41.png")
    assert image.shape == (64, 256)
    assert np.median(image) > image.min() + 80


def test_transparent_pixels_are_white_paper(tmp_path: Path) -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[0, 0] = (10, 10, 10, 255)
    cv2.imwrite(str(tmp_path / "a.png"), pixels)
    image = read_image(tmp_path / "a.png")
    assert (image[0, 0], image[1, 1]) == (10, 255)


def test_file_outside_the_set_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    root = tmp_path / "dhsd"
    root.mkdir()
    (root / "data.csv").write_text("file_name,text,writer_id\n../secret.png,x,1\nmissing.png,y,1\n")
    assert list(read_words(root)) == []


def test_other_folder_table_or_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DhsdError, match=r"data\.csv"):
        list(read_words(tmp_path))
    (tmp_path / "data.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DhsdError, match="columns"):
        list(read_words(tmp_path))
    with pytest.raises(DhsdError, match="not an image"):
        read_image(tmp_path / "data.csv")


def test_originals_give_the_prepared_words(raw_samples: Path, shared_data: Path) -> None:
    words = list(read_words(raw_samples / "dhsd"))
    with zipfile.ZipFile(shared_data / "dhsd_words.zip") as archive:
        rows = {r.split("\t")[0]: r.split("\t")[1:] for r in archive.read("labels.tsv").decode().splitlines()}
        assert len(words) == 158
        for word in words:
            assert rows[f"img/{word.name}.jpg"] == [word.split, str(word.writer), word.text]
            data = np.frombuffer(archive.read(f"img/{word.name}.jpg"), np.uint8)
            difference = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE).astype(float) - read_image(word.path)
            assert np.abs(difference).mean() < 3
