import numpy as np
import pytest

from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.threshold import ink_mask


@pytest.mark.parametrize("ink", [30, 120, 190])
def test_ballpoint_and_faint_pencil_are_found_whole(draw_sheet, ink: int) -> None:
    sheet = draw_sheet([4, 4], ink=ink, pen=3)
    gray = to_gray(sheet.image)
    rng = np.random.default_rng(1)
    noisy = np.clip(gray + rng.normal(0, 2.5, gray.shape), 0, 255).astype(np.uint8)
    mask = ink_mask(even_light(noisy)) > 0
    core = gray <= ink + 5
    assert mask[core].mean() > 0.97
    assert mask[gray >= 234].mean() < 0.002


def test_faint_ruling_is_left_out_beside_dark_ink(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 4], ink=40, squared=205)
    plain = draw_sheet([4, 4, 4], ink=40)
    mask, wanted = (ink_mask(even_light(to_gray(s.image))) > 0 for s in (sheet, plain))
    assert (mask & wanted).sum() > 0.95 * wanted.sum()
    assert (mask & ~wanted).sum() < 0.05 * wanted.sum()


def test_paper_without_ink_has_none() -> None:
    rng = np.random.default_rng(2)
    paper = np.clip(rng.normal(210, 3, (300, 400)), 0, 255).astype(np.uint8)
    assert ink_mask(even_light(paper)).mean() < 0.05
    for level in (0, 128, 255):
        assert ink_mask(even_light(np.full((40, 60), level, np.uint8))).sum() == 0
