import numpy as np
import pytest

pytest.importorskip("tensorflow")

from convert import trials
from convert.feed import BATCH_PX

# Keras 2.15 draws its seeds with a float, which Python 3.11 frowns at
pytestmark = pytest.mark.filterwarnings("ignore:non-integer arguments to randrange:DeprecationWarning")


@pytest.mark.parametrize("name", trials.TRIALS)
def test_every_trial_has_a_net_with_a_frame_for_each_four_pixels(name):
    trial = trials.TRIALS[name]
    net = trials.build_line_net(7, trial.height, trials.SIZES["light"], trial.block, trial.head)
    assert net(np.zeros((2, trial.height, 64, 1), np.float32)).shape == (2, 16, 7)


@pytest.fixture
def bank(tmp_path):
    rng = np.random.default_rng(0)
    widths = rng.integers(40, 190, 1200)
    pixels = rng.integers(0, 255, (48, widths.sum()), dtype=np.uint8)
    path = tmp_path / "words.npz"
    np.savez(path, pixels=pixels, widths=widths, texts=np.array([f"w{i}" for i in range(1200)]))
    return path


@pytest.mark.parametrize("height", [32, 48])
def test_the_bank_gives_each_line_back_at_the_height_asked_for(bank, height):
    samples = trials.read_bank(bank, height)
    assert [text for _, text in samples] == [f"w{i}" for i in range(1200)]
    with np.load(bank) as kept:
        for (image, _), width in zip(samples, kept["widths"], strict=True):
            assert image.shape == (height, round(width * height / 48))


@pytest.mark.parametrize("one_width", [False, True])
def test_batches_cost_the_same_and_never_end(bank, one_width):
    feed = trials.batches(trials.read_bank(bank, 48), one_width)
    shapes = {next(feed)[0].shape for _ in range(30)}
    assert all(BATCH_PX <= n * width < BATCH_PX + width for n, _, width, _ in shapes)
    assert (len({width for *_, width, _ in shapes}) == 1) == one_width
