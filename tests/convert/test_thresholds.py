import cv2
import numpy as np
import pytest

from convert.thresholds import THRESHOLDS


@pytest.mark.parametrize("name", THRESHOLDS)
def test_strokes_are_ink_and_bare_paper_is_not(name):
    # GIVEN a word on paper that is evenly lit, with some grain, and blank paper around it
    rng = np.random.default_rng(1)
    page = np.full((200, 400), 245, np.uint8)
    cv2.putText(page, "ink", (90, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 60, 4)
    strokes = page < 100
    page = np.clip(page + rng.normal(0, 2, page.shape), 0, 255).astype(np.uint8)
    # WHEN
    mask = THRESHOLDS[name](page)
    # THEN
    assert mask.shape == page.shape
    assert set(np.unique(mask)) == {0, 255}
    assert (mask[strokes] == 255).mean() > 0.95
    assert (mask[cv2.dilate(strokes.astype(np.uint8), np.ones((7, 7))) == 0] == 255).mean() < 0.01
