import pytest

from camera_ocr.config import Config
from camera_ocr.errors import ModelError


@pytest.fixture
def made(monkeypatch) -> list[Config]:
    """The settings that a reader was asked for with; none is made."""
    configs: list[Config] = []

    def refuse(config: Config) -> None:
        configs.append(config)
        raise ModelError("no model here")

    monkeypatch.setattr("camera_ocr.commands.read.make_reader", refuse)
    return configs


def test_language_is_guessed_unless_told(run, picture, made):
    run("read", str(picture("a.png")))
    run("read", str(picture("a.png")), "--language", "fr")
    run("read", str(picture("a.png")))
    assert [config.reader.language for config in made] == [None, "fr", None]


def test_option_goes_before_the_settings_file(run, picture, made, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[reader]\nlanguage = "de"\n')
    run("read", str(picture("a.png")), "--config", str(settings))
    run("read", str(picture("a.png")), "--config", str(settings), "--language", "none")
    assert [config.reader.language for config in made] == ["de", "none"]


def test_unknown_language_is_wrong_usage(run, picture):
    done = run("read", str(picture("a.png")), "--language", "klingon")
    assert done.status == 2
    assert "klingon" in done.err


def test_unknown_language_in_the_settings_is_named(run, picture, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[reader]\nlanguage = "klingon"\n')
    done = run("read", str(picture("a.png")), "--config", str(settings))
    assert done.status != 0
    assert "klingon" in done.err
    assert "auto, none, en, fr, de" in done.err
