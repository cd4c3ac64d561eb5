import numpy as np
import pytest

from convert import augment


@pytest.fixture
def ink() -> np.ndarray:
    image = np.zeros((60, 200), np.uint8)
    image[10:50, 20:180:12] = 255
    return image


def test_clean_is_dark_ink_on_bright_paper(ink):
    page = augment.photograph(ink, np.random.default_rng(0), augment.CLEAN)
    assert page.shape == ink.shape
    assert page[ink == 255].mean() < 60 < 200 < page[ink == 0].mean()


def test_the_same_seed_gives_the_same_photograph(ink):
    first, second = (augment.photograph(ink, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_webcam_does_leaves_a_picture(ink, seed):
    rng = np.random.default_rng(seed)
    page = augment.loosen(augment.photograph(augment.add_neighbours(ink, ink, rng), rng), rng)
    assert page.dtype == np.uint8
    assert min(page.shape) >= 8
    assert np.ptp(page) > 20


def test_a_warp_keeps_the_whole_of_the_ink(ink):
    for seed in range(20):
        warped = augment.warp(ink, np.random.default_rng(seed), 0)
        assert warped.sum() > 0.75 * ink.sum() * min(1, warped.shape[1] / ink.shape[1])


def test_neighbours_only_touch_the_edge_of_the_crop(ink):
    # GIVEN a line, and a neighbour of solid ink
    solid = np.full_like(ink, 255)
    for seed in range(20):
        # WHEN it is cut into the crop
        both = augment.add_neighbours(ink, solid, np.random.default_rng(seed))
        # THEN the middle rows are still the line's own
        middle = both.shape[0] // 2
        assert (both[middle] == 255).sum() == (ink[30] == 255).sum()


def test_a_neighbour_flatter_than_the_strip_is_cut_in_whole(ink):
    dash = np.full((3, 80), 255, np.uint8)
    for seed in range(20):
        assert augment.add_neighbours(ink, dash, np.random.default_rng(seed)).shape[1] == ink.shape[1]


@pytest.mark.parametrize("shape", [(60, 200), (12, 9), (64, 1400)])
def test_bending_moves_a_scan_by_less_than_a_letter(shape):
    # GIVEN a scan with a bar as high and wide as half of it
    scan = np.full(shape, 255, np.uint8)
    h, w = shape
    scan[h // 4 : 3 * h // 4, w // 4 : 3 * w // 4] = 0
    for seed in range(10):
        # WHEN it is bent
        bent = augment.bend(scan, np.random.default_rng(seed), 255)
        # THEN it is another picture of the same size, and the bar's inside is still there
        assert bent.shape == shape
        assert (bent != scan).any()
        assert bent[h // 2, w // 2] == 0
        assert bent[0, 0] == 255
