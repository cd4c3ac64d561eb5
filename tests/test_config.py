from pathlib import Path

import pytest

from camera_ocr.config import Config, load_config
from camera_ocr.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_config() == Config()


def test_the_users_own_file_is_found_without_being_named(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "camera-ocr").mkdir()
    (tmp_path / "camera-ocr" / "config.toml").write_text("[reader]\nthreads = 3\n")
    assert load_config().reader.threads == 3


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    path = write(tmp_path, '[source]\nspec = "demo"\nfps = 15\n[reader]\nmodel = "~/my.tflite"\n')
    config = load_config(path)
    assert config.source.spec == "demo"
    assert config.source.fps == 15
    assert config.source.width == Config().source.width
    assert config.reader.model == Path("~/my.tflite").expanduser()


def test_a_camera_may_be_named_by_its_number(tmp_path):
    assert load_config(write(tmp_path, "[source]\nspec = 0\n")).source.spec == "0"


def test_a_runtime_and_a_language_that_are_known_are_taken(tmp_path):
    path = write(tmp_path, '[reader]\nruntime = "tflite-runtime"\nlanguage = "none"\n')
    assert load_config(path).reader.runtime == "tflite-runtime"
    assert load_config(path).reader.language == "none"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[reader]\nthread = 2\n", "reader.thread is not a setting"),
        ("threads = 2\n", "threads is not a setting"),
        ("[reader]\nthreads = 0\n", "reader.threads must be between 1 and 64, not 0"),
        ("[reader]\nthreads = true\n", "reader.threads must be a whole number, not True"),
        ("[reader]\nthreads = 1.5\n", "reader.threads must be a whole number"),
        ('[source]\nwidth = "wide"\n', "source.width must be a whole number, not 'wide'"),
        ("[source]\nspec = -1\n", "source.spec must be a text or the number of a camera, not -1"),
        ("[source]\nspec = true\n", "source.spec must be a text or the number of a camera, not True"),
        ('[reader]\nruntime = "onnx"\n', "reader.runtime must be one of ai-edge-litert, tflite-runtime, not"),
        ('[reader]\nlanguage = "xx"\n', "reader.language must be one of auto, none, en, fr, de, not 'xx'"),
        ("reader = 3\n", "reader must be a table"),
        ("[reader\n", "is not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_together_with_its_file(tmp_path, text, named):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert named in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_named_file_must_exist_and_be_text(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere.toml does not exist"):
        load_config(tmp_path / "nowhere.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is not text"):
        load_config(tmp_path / "binary.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)
