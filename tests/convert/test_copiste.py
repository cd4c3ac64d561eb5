import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from convert.datasets.copiste import (
    CopisteError,
    Line,
    crop_line,
    parse_alto,
    read_pages,
    shrink_page,
    split_of,
    usable,
)

LINES = [
    "La Fédération du Laos de football est une association",
    "regroupant les clubs de football du Laos et organisant",
]


def test_page_gives_text_polygon_and_baseline_in_reading_order(originals: Path) -> None:
    ((truth, scan),) = read_pages(originals / "copiste")
    assert (truth.name, truth.split, truth.width, truth.height) == ("imp_wikitexte_0022", "train", 2550, 3300)
    assert [line.text for line in truth.lines] == ["imp_wikitexte_0022", *LINES]
    assert truth.lines[1].baseline.tolist() == [[374, 535], [1262, 526], [2199, 528]]
    assert all(line.polygon[:, 1].max() < scan.shape[0] for line in truth.lines)


def test_page_number_and_struck_out_words_are_not_for_reading(originals: Path) -> None:
    ((truth, _),) = read_pages(originals / "copiste")
    assert [usable(line) for line in truth.lines] == [False, True, True]
    assert not usable(Line("un >mot< biffé", truth.lines[1].polygon, truth.lines[1].baseline))


def test_crop_holds_the_line_alone(originals: Path) -> None:
    ((truth, scan),) = read_pages(originals / "copiste")
    crop = crop_line(scan, truth.lines[2])
    assert crop.shape[0] == 64
    assert 10 < crop.shape[1] / 64 < 15
    # the lines above and below reach into the bounding box; inside the polygon's mask they do not
    x, y, w, h = cv2.boundingRect(truth.lines[2].polygon.astype(np.int32))
    boxed = cv2.resize(scan[y : y + h, x : x + w], crop.shape[::-1], interpolation=cv2.INTER_AREA)
    assert np.count_nonzero(crop[-6:] < 150) < 0.2 * np.count_nonzero(boxed[-6:] < 150)
    assert np.count_nonzero(crop < 150) > 0.7 * np.count_nonzero(boxed[6:-6] < 150)


def test_shrunk_page_keeps_polygons_on_their_lines(originals: Path) -> None:
    ((truth, scan),) = read_pages(originals / "copiste")
    small, image = shrink_page(truth, scan, 380)
    assert image.shape == (380, 1275)
    assert small.lines[1].polygon == pytest.approx(truth.lines[1].polygon / 2)


def test_all_pages_of_a_text_are_on_one_side() -> None:
    assert split_of("wikitexte_0167_1") == split_of("imp_wikitexte_0167") == "val"
    assert split_of("wikitexte_0168") == "train"
    with pytest.raises(CopisteError, match="page7"):
        split_of("page7")


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE alto [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><alto><Page>&b;</Page></alto>'
    with pytest.raises(CopisteError, match="DOCTYPE"):
        parse_alto(bomb, "wikitexte_0001")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<alto>", "not well-formed"),
        (b"<html/>", "no Page"),
        (b"<alto><Page/></alto>", "no size"),
        (b"", "well-formed"),
    ],
)
def test_other_file_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(CopisteError, match=says):
        parse_alto(data, "wikitexte_0001")


def test_missing_scan_is_named(originals: Path, tmp_path: Path) -> None:
    (tmp_path / "alto").mkdir()
    alto = originals / "copiste" / "alto" / "imp_wikitexte_0022.xml"
    (tmp_path / "alto" / alto.name).write_bytes(alto.read_bytes())
    with pytest.raises(CopisteError, match=r"imp_wikitexte_0022\.jpg is missing"):
        list(read_pages(tmp_path))


def test_originals_give_the_prepared_lines(raw_samples: Path, shared_data: Path) -> None:
    ((truth, scan),) = read_pages(raw_samples / "copiste")
    lines = [line for line in truth.lines if usable(line)]
    with zipfile.ZipFile(shared_data / "copiste_lines.zip") as archive:
        rows = [row.split("\t") for row in archive.read("labels.tsv").decode().splitlines()[1:]]
        prepared = [row for row in rows if truth.name in row[0]]
        assert [row[1:] for row in prepared] == [[truth.split, line.text] for line in lines]
        for row, line in zip(prepared, lines, strict=True):
            theirs = cv2.imdecode(np.frombuffer(archive.read(row[0]), np.uint8), cv2.IMREAD_GRAYSCALE)
            ours = crop_line(scan, line)
            assert ours.shape[1] == pytest.approx(theirs.shape[1], rel=0.08)
            same_size = cv2.resize(theirs, ours.shape[::-1])
            a, b = (cv2.GaussianBlur(i, (0, 0), 3).astype(float) for i in (ours, same_size))
            shifted = (
                np.corrcoef(a[8:-8].ravel(), np.roll(b, dy, 0)[8:-8].ravel())[0, 1] for dy in range(-5, 6)
            )
            assert max(shifted) > 0.9, line.text
