import numpy as np
import pytest

from convert.scenes.films import FILMS, Film

SMALL = {"size": (320, 240), "fps": 5.0, "lines": 4}


def shots_of(material, kind: str, seconds: float = 4.0):
    film = Film(material, 1, kind, seconds=seconds, **SMALL)
    return film, list(film.shots())


@pytest.mark.parametrize("kind", FILMS)
def test_every_kind_shows_its_lines_from_the_first_frame(material, kind: str) -> None:
    film, shots = shots_of(material, kind, 2.0)
    assert len(shots) == film.count == 10
    assert shots[0].image.shape == (240, 320, 3)
    assert any(line.legible for line in shots[0].lines)


def test_a_seed_gives_the_same_film_again(material) -> None:
    first, again = (shots_of(material, "handheld", 1.0)[1] for _ in range(2))
    assert [shot.packed for shot in first] == [shot.packed for shot in again]


def test_lines_keep_their_numbers_while_they_move(material) -> None:
    _, shots = shots_of(material, "handheld")
    texts = [{line.number: line.text for line in shot.lines} for shot in shots]
    assert texts[0] == texts[-1]
    first, last = shots[0].lines[0], shots[-1].lines[0]
    assert not np.allclose(first.polygon[0], last.polygon[0], atol=0.3)


def test_at_rest_nothing_moves_but_the_noise(material) -> None:
    _, shots = shots_of(material, "rest", 1.0)
    assert np.allclose(shots[0].lines[0].polygon, shots[-1].lines[0].polygon)
    assert shots[0].packed != shots[-1].packed


@pytest.mark.parametrize("kind", ["hand", "leaving"])
def test_lines_are_hidden_for_a_while_and_come_back(material, kind: str) -> None:
    _, shots = shots_of(material, kind, 8.0)
    legible = [sum(line.legible for line in shot.lines) for shot in shots]
    assert min(legible) < legible[0]
    assert legible[-1] == legible[0]


def test_a_turned_page_has_other_lines(material) -> None:
    film, shots = shots_of(material, "turn")
    before, after = ({line.number for line in shots[i].lines} for i in (0, -1))
    assert before.isdisjoint(after)
    assert any(shot.turning for shot in shots)
    assert film.turned_at_s == pytest.approx(2.7)


def test_an_unknown_kind_is_refused(material) -> None:
    with pytest.raises(ValueError, match="no film of kind 'western'"):
        Film(material, 0, "western")
