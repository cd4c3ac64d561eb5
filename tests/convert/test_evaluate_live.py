import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.types import U8, Transcript
from convert import evaluate_live
from convert.evaluate_live import Film, main
from convert.live_play import Costs, play, play_in_real_time, read_single_frames

SMALL = {"size": (640, 480), "fps": 10.0, "lines": 4}


class Parrot:
    """Reads the same on every line."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        span = np.array([[0, 0.5], [0.5, 1]], np.float32)
        return [Transcript("ab", np.full(2, 0.95, np.float32), span) for _ in crops]


def test_a_film_gives_the_same_figures_every_time(material) -> None:
    film = Film(material, 2, "handheld", seconds=1.5, **SMALL)
    shots = list(film.shots())
    first, again = (play(shots, film.fps, Parrot(), Costs()) for _ in range(2))
    assert len(first.moments) == len(shots)
    assert first.reads_at == again.reads_at
    for a, b in zip(first.moments, again.moments, strict=True):
        assert [(s.track, s.text) for s in a.shown] == [(s.track, s.text) for s in b.shown]
    assert any(s.text == "ab" for s in first.moments[-1].shown)


def test_a_slow_reader_shows_its_text_later(material) -> None:
    film = Film(material, 2, "rest", seconds=2.0, **SMALL)
    shots = list(film.shots())

    def first_text(costs: Costs) -> float:
        run = play(shots, film.fps, Parrot(), costs)
        return next((m.t_s for m in run.moments if any(s.text for s in m.shown)), np.inf)

    quick, slow = first_text(Costs(0.01, 0.01)), first_text(Costs(0.4, 0.4))
    assert quick < 0.5 < slow


def test_single_frames_are_read_by_themselves(material) -> None:
    film = Film(material, 2, "rest", seconds=1.0, **SMALL)
    counts = read_single_frames(list(film.shots()), Parrot())
    assert len(counts) == 1
    edits, characters = counts[0]
    assert characters * 0.5 < edits <= characters * 1.5


def test_the_engine_plays_a_film_in_real_time(material) -> None:
    film = Film(material, 2, "rest", seconds=1.0, **SMALL)
    stats = play_in_real_time(list(film.shots()), film.fps, film.name, Parrot())
    assert 0 < stats.shown <= stats.captured <= film.count


def test_report_has_every_measure(
    material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("camera_ocr.recognition.line_reader.LineReader", Parrot)
    monkeypatch.setattr(evaluate_live, "load_material", lambda split: material)
    small = lambda m, seed, kind, seconds: Film(m, seed, kind, seconds=seconds, **SMALL)  # noqa: E731
    monkeypatch.setattr(evaluate_live, "Film", small)
    options = ["--kinds", "rest", "turn", "--films", "1", "--seconds", "1.5", "--output", str(tmp_path)]
    assert main(options) == 0
    films = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["films"]
    assert set(films) == {"rest", "turn", "all"}
    assert films["all"]["film_s"] == 3.0
    assert films["rest"]["followed"] > 0.5
    assert "switches_per_1000" in capsys.readouterr().out
