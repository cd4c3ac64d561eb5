import json
import lzma
import re
from pathlib import Path

import numpy as np
import pytest

from convert.datasets.unipen import UnipenError, read_items, read_segments, thin_out


def points(item: dict) -> list[np.ndarray]:
    return [np.array(s, np.float64).reshape(-1, 2).cumsum(axis=0) for s in item["strokes"]]


def farthest(from_points: np.ndarray, line: np.ndarray) -> float:
    """Largest distance of the points from the polyline."""
    if len(line) == 1:
        return float(np.linalg.norm(from_points - line[0], axis=1).max())
    start, along = line[:-1], np.diff(line, axis=0)
    at = ((from_points[:, None] - start) * along).sum(2) / np.maximum((along**2).sum(1), 1e-9)
    near = start + np.clip(at, 0, 1)[..., None] * along
    return float(np.linalg.norm(from_points[:, None] - near, axis=2).min(axis=1).max())


def tree(root: Path, data: str, ink: str, name: str = "6/abc/one.dat") -> Path:
    path = root / "data" / name
    path.parent.mkdir(parents=True)
    (root / "include" / "abc").mkdir(parents=True)
    path.write_text(f".VERSION 1.0\n.INCLUDE abc/ink.dat\n{data}", "latin-1")
    (root / "include" / "abc" / "ink.dat").write_text(ink, "latin-1")
    return root


INK = """.COORD X Y T
.WRITER_ID w1
.PEN_DOWN
0 0 1
0 10 2
.PEN_UP
5 5 3
.PEN_DOWN
.PEN_UP
.PEN_DOWN
10 0 4
20 30 5
30 0 6
"""


def test_words_of_the_sample_are_read_once_with_text_and_strokes(originals: Path) -> None:
    items = read_items(originals / "unipen")
    # categories 6 and 7 hold the same words
    assert [i["text"] for i in items["words"]] == [
        *("siiaret", "onrohpe", "rcomehe", "eiutbd", "ntecr", "iammptd", "creryaa"),
        *("roeesin", "tdcrde", "renie", "ceeej", "hgnsut", "amleiie"),
    ]
    assert {i["writer"] for i in items["words"]} == {"lav-cl_0001"}
    assert items["text"] == items["chars"] == []


def test_median_word_is_160_units_high_and_starts_at_the_origin(originals: Path) -> None:
    words = [np.concatenate(points(i)) for i in read_items(originals / "unipen")["words"]]
    assert np.median([np.ptp(w[:, 1]) for w in words]) == pytest.approx(160, abs=1)
    assert all(w.min() == 0 for w in words)


def test_empty_components_are_not_counted_and_pen_up_ones_are(tmp_path: Path) -> None:
    root = tree(tmp_path, '.SEGMENT WORD 2 OK "x"\n.SEGMENT WORD 0-2 OK "yx"\n', INK)
    last, both = read_segments(root)
    assert [len(s) for s in last.strokes] == [3]
    assert [len(s) for s in both.strokes] == [2, 3]


def test_y_is_turned_to_grow_downwards(tmp_path: Path) -> None:
    (segment,) = read_segments(tree(tmp_path, '.SEGMENT WORD 2 OK "x"\n', INK))
    tip = segment.strokes[0][1]
    assert tip[1] == segment.strokes[0][:, 1].min()


def test_points_inside_components_can_be_named(tmp_path: Path) -> None:
    (segment,) = read_segments(tree(tmp_path, '.SEGMENT CHARACTER 0:1-2:1 OK "x"\n', INK))
    assert [len(s) for s in segment.strokes] == [1, 2]


def test_escapes_are_undone_and_labels_may_span_lines(tmp_path: Path) -> None:
    data = '.SEGMENT WORD 0 OK "\\"\\\\"\n.SEGMENT TEXT 0-2 ? "two\n lines"\n'
    assert [s.text for s in read_segments(tree(tmp_path, data, INK))] == ['"\\', "two lines"]


@pytest.mark.parametrize(
    "segment",
    ['WORD 0 BAD "x"', 'WORD 0 OK ""', 'WORD 9 OK "x"', 'WORD 1 OK "x"', 'PAGE 0-2 OK "x"', "WORD 0 OK ?"],
    ids=["bad", "no text", "no such component", "pen up only", "level of no set", "no label"],
)
def test_useless_segment_is_left_out(tmp_path: Path, segment: str) -> None:
    data = f'.SEGMENT {segment}\n.SEGMENT WORD 2 OK "kept"\n'
    assert [s.text for s in read_segments(tree(tmp_path, data, INK))] == ["kept"]


def test_unequal_resolution_is_evened_out(tmp_path: Path) -> None:
    ink = ".X_POINTS_PER_INCH 200\n.Y_POINTS_PER_INCH 100\n" + INK
    (segment,) = read_segments(tree(tmp_path, '.SEGMENT WORD 2 OK "x"\n', ink))
    assert np.ptp(segment.strokes[0], axis=0).tolist() == [20, 60]


def test_include_outside_the_tree_or_missing_is_not_opened(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "unipen", '.SEGMENT WORD 0 OK "x"\n', ".INCLUDE ../../secret.dat\n.INCLUDE no.dat\n"
    )
    (tmp_path / "secret.dat").write_text(INK)
    assert list(read_segments(root)) == []


def test_other_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnipenError, match="not a UNIPEN tree"):
        list(read_segments(tmp_path))


def test_thinning_keeps_the_tip_where_the_pen_turns_back() -> None:
    line = np.array([[0, 0], [5, 0], [10, 0], [20, 0], [10, 0], [0, 0]], np.float32)
    assert thin_out(line, 0.7).tolist() == [[0, 0], [20, 0], [0, 0]]


@pytest.mark.parametrize("kind", ["words", "chars"])
def test_originals_give_the_prepared_set(raw_samples: Path, shared_data: Path, kind: str) -> None:
    own: dict[str, list[dict]] = {}
    for item in read_items(raw_samples / "unipen")[kind]:
        own.setdefault(item["writer"], []).append(item)
    prepared: dict[str, list[dict]] = {}
    with lzma.open(shared_data / f"unipen_{kind}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if re.search('"writer": ?"(lav|huj)-', line):
                item = json.loads(line)
                prepared.setdefault(item["writer"], []).append(item)
    # the ids differ (ours are the donors' own names), their order does not
    assert len(own) == len(prepared) == 5
    for ours, theirs in zip(
        (own[w] for w in sorted(own)), (prepared[w] for w in sorted(prepared)), strict=True
    ):
        assert [i["text"] for i in ours] == [i["text"] for i in theirs]
        assert [len(i["strokes"]) for i in ours] == [len(i["strokes"]) for i in theirs]
        for a, b in list(zip(ours, theirs, strict=True))[::20]:
            for one, other in zip(points(a), points(b), strict=True):
                assert max(farthest(one, other), farthest(other, one)) < 6
