from dataclasses import replace

import cv2
import numpy as np
import pytest

from convert.scenes.bent import SHAPES, Profile, bent, random_profile
from convert.scenes.material import Material
from convert.scenes.sheets import curled, scanned_sheet, written_sheet
from convert.scenes.stills import BENDS, still

SMALL = (640, 480)


def test_a_seed_gives_the_same_picture_again_and_another_seed_another(material) -> None:
    one, again, other = (still(material, seed, size=SMALL) for seed in (3, 3, 4))
    assert np.array_equal(one.image, again.image)
    assert [line.text for line in one.lines] == [line.text for line in again.lines]
    assert one.image.shape == (480, 640, 3)
    assert not np.array_equal(one.image, other.image)


def test_other_paper_leaves_ink_and_camera_as_they_are(material) -> None:
    blank, ruled, squared = (
        still(material, 5, kind="written", paper=paper, size=SMALL) for paper in ("blank", "ruled", "squared")
    )
    for other in (ruled, squared):
        assert [line.text for line in other.lines] == [line.text for line in blank.lines]
        for a, b in zip(blank.lines, other.lines, strict=True):
            assert np.allclose(a.polygon, b.polygon)
        assert not np.array_equal(other.image, blank.image)


def test_clutter_has_no_lines(material) -> None:
    for seed in range(3):
        scene = still(material, seed, kind="clutter", size=SMALL)
        assert scene.lines == ()
        assert scene.skew_deg is None


def test_lines_lie_in_the_frame_and_in_reading_order(material) -> None:
    for seed in range(6):
        scene = still(material, seed, size=SMALL)
        for line in scene.lines:
            assert line.polygon.min() >= -0.01
            assert (line.polygon.max(axis=0) <= (640.01, 480.01)).all()
            assert 0 < line.visible <= 1


def _dark_share_inside(sheet, darker_than: int) -> float:
    inside = np.zeros(sheet.image.shape[:2], np.uint8)
    for line in sheet.lines:
        cv2.fillPoly(inside, [np.rint(line.polygon).astype(np.int32)], 255)
    dark = sheet.image.min(axis=2) < darker_than
    return float(np.count_nonzero(dark & (inside > 0)) / np.count_nonzero(dark))


def test_polygons_hold_the_ink_also_of_a_curled_sheet(material) -> None:
    rng = np.random.default_rng(1)
    sheet = written_sheet(material.writers[0], rng, np.random.default_rng(2), (900, 500), 60)
    assert len(sheet.lines) > 2
    assert _dark_share_inside(sheet, 110) > 0.95
    assert _dark_share_inside(curled(sheet, rng, 20.0), 110) > 0.93


def test_a_touch_of_the_pen_far_above_a_line_does_not_make_it_higher(material) -> None:
    touch = np.array([[0, -900], [2, -898]], np.float32)
    words = tuple(replace(word, strokes=(*word.strokes, touch)) for word in material.writers[0].words)
    writer = replace(material.writers[0], words=words)
    sheet = written_sheet(writer, np.random.default_rng(1), np.random.default_rng(2), (900, 700), 40)
    assert sheet.lines
    assert max(float(np.ptp(line.polygon[:, 1])) for line in sheet.lines) < 3 * 40


def test_a_sheet_that_lies_flat_is_seen_as_it_is(material) -> None:
    sheet = scanned_sheet(material.scans[0], np.random.default_rng(0), 40)
    flat = Profile(20.0, np.linspace(-900, 900, 100), np.zeros(100))
    seen, moved = bent(sheet, flat, np.array([100.0, 300.0, 1500.0]), 0.3)
    assert moved == pytest.approx((0, 0), abs=1)
    h, w = sheet.image.shape[:2]
    top, left = (seen.image.shape[0] - h) // 2, (seen.image.shape[1] - w) // 2
    inner = seen.image[top + 3 : top + h - 3, left + 3 : left + w - 3]
    assert np.abs(inner.astype(float) - sheet.image[3:-3, 3:-3]).mean() < 6
    assert np.count_nonzero(seen.cover > 127) == pytest.approx(h * w, rel=0.01)


@pytest.mark.parametrize("shape", SHAPES)
def test_polygons_hold_the_ink_of_a_sheet_that_does_not_lie_flat(material, shape: str) -> None:
    rng = np.random.default_rng(3)
    sheet = written_sheet(material.writers[0], rng, np.random.default_rng(2), (900, 500), 60)
    profile = random_profile(rng, shape, (900, 500))
    # a camera that looks along the desk sees most of the bend
    seen, _ = bent(sheet, profile, np.array([50.0, 1500.0, 1100.0]), 0.2)
    assert _dark_share_inside(replace(seen, image=_on_white(seen)), 110) > 0.93
    assert max(_swing(line.baseline) for line in seen.lines) > 3


def _on_white(sheet) -> np.ndarray:
    return np.where(sheet.cover[:, :, None] > 127, sheet.image, np.uint8(255))


def _swing(baseline: np.ndarray) -> float:
    """How far a baseline lies off the straight line through its ends, px."""
    x, y = baseline.T
    return float(np.abs(y - np.interp(x, x[[0, -1]], y[[0, -1]])).max())


def test_a_hand_that_writes_in_arcs_has_bent_baselines(material) -> None:
    def sheet(bow: float):
        rng = np.random.default_rng(1)
        return written_sheet(material.writers[0], rng, np.random.default_rng(2), (900, 700), 60, bow=bow)

    assert max(_swing(line.baseline) for line in sheet(0.0).lines) < 1
    arched = sheet(-40.0)
    assert _dark_share_inside(arched, 110) > 0.95
    assert max(_swing(line.baseline) for line in arched.lines) > 8


@pytest.mark.parametrize("bend", BENDS)
def test_scenes_with_bent_lines_can_be_had_again(material, bend: str) -> None:
    one, again = (still(material, 2, size=SMALL, bend=bend) for _ in range(2))
    assert one.name == f"{bend}-2"
    assert one.lines
    assert np.array_equal(one.image, again.image)


def test_scanned_lines_keep_their_polygons(material) -> None:
    sheet = scanned_sheet(material.scans[0], np.random.default_rng(0), 40)
    assert [line.text for line in sheet.lines] == list(material.scans[0].texts)
    assert _dark_share_inside(sheet, 150) > 0.85


def test_without_ink_there_is_no_scene_with_text(material) -> None:
    with pytest.raises(ValueError, match="no ink"):
        still(Material(), 0)
