from pathlib import Path

import cv2
import numpy as np
import pytest

from convert.reliability import Said, plot, reliability, table, tenths


def lines(confidence: float, right: int, wrong: int) -> list[Said]:
    return [Said("abcd", "abcd", confidence)] * right + [Said("abcd", "abxx", confidence)] * wrong


def test_confidence_that_keeps_its_word_has_no_error() -> None:
    found = reliability(lines(0.75, 3, 1) + lines(0.25, 1, 3))
    assert found.ece == pytest.approx(0)
    assert found.confidence == found.right == 0.5


def test_too_much_promised_is_counted_by_the_lines_of_each_tenth() -> None:
    found = reliability(lines(0.95, 8, 2) + lines(0.55, 5, 5))
    assert found.ece == pytest.approx((0.15 * 10 + 0.05 * 10) / 20)
    assert (found.sure, found.wrong_when_sure, found.cer_when_sure) == pytest.approx((0.5, 0.2, 0.1))


def test_no_line_above_the_mark_is_no_error_above_it() -> None:
    found = reliability(lines(0.5, 1, 1))
    assert (found.sure, found.wrong_when_sure, found.cer_when_sure) == (0, 0, 0)
    with pytest.raises(ValueError, match="nothing"):
        reliability([])


def test_full_confidence_is_in_the_last_tenth() -> None:
    assert tenths(lines(1.0, 1, 0)) == [(1.0, 1.0, 1)]


def test_table_names_each_set() -> None:
    text = table({"words+auto": reliability(lines(0.95, 8, 2))})
    assert "words+auto" in text
    assert "20.0" in text


def test_plot_is_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    plot({"decoded": lines(0.95, 8, 2) + lines(0.3, 1, 2)}, tmp_path / "new" / "calibration.png")
    image = cv2.imread(str(tmp_path / "new" / "calibration.png"))
    assert image is not None
    assert np.ptp(image) == 255
