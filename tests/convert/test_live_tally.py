import pytest

from convert.live_tally import Tally


def test_each_film_counts_alike_in_what_fusing_gains() -> None:
    tally = Tally(settled=[100, 1000], settled_beats=[(0.05, 0.1, 0.09), (0.25, 0.4, 0.2)])
    figures = tally.figures()
    assert figures["cer_settled"] == pytest.approx(0.1)
    assert figures["cer_settled_by_film"] == pytest.approx(0.15)
    assert figures["less_than_single_by_film"] == pytest.approx(0.4)
    assert figures["films_worse_than_median_frame"] == 1


def test_without_films_there_is_nothing_to_compare() -> None:
    assert Tally().figures()["less_than_single_by_film"] is None
