"""Settings: small frozen dataclasses, one for each part that takes settings, read from a TOML file.

The file has a table for each field of `Config`, e.g.

    [source]
    width = 1280
    [reader]
    threads = 2

A key that is not known is an error, since a misspelt setting would otherwise be silently without effect.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from platformdirs import user_config_path

from camera_ocr.errors import ConfigError
from camera_ocr.recognition.languages import LANGUAGE_CHOICES

T = TypeVar("T")

FINDERS = ("net", "classical")
DEFAULT_FINDER = "net"


def setting(default: Any, low: float | None = None, high: float | None = None) -> Any:
    """A field of a settings class, with the smallest and the largest value allowed."""
    return field(default=default, metadata={"low": low, "high": high})


def choice(default: Any, choices: Callable[[], Iterable[str]]) -> Any:
    """A field of a settings class that takes one of these texts."""
    return field(default=default, metadata={"choices": choices})


def _runtimes() -> Iterable[str]:
    from camera_ocr.recognition.interpreter import RUNTIMES

    return RUNTIMES


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """What to look at."""

    spec: str | None = field(default=None, metadata={"number": "the number of a camera"})
    """As given to --source; None picks the first camera, or the demo when there is none."""
    width: int = setting(1280, 160, 7680)
    """Asked of a camera, px; the driver may give another size."""
    height: int = setting(720, 120, 4320)
    fps: int = setting(30, 1, 240)
    """Asked of a camera, frames per second."""


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """What reads the lines."""

    model: Path | None = None
    """A .tflite file with its card beside it, or the name of a model that comes with the program; None takes
    line_reader."""
    runtime: str | None = choice(None, _runtimes)
    """Name of the TFLite runtime; None takes the best that is installed."""
    threads: int = setting(1, 1, 64)
    """Of one interpreter."""
    language: str | None = choice(None, lambda: LANGUAGE_CHOICES)
    """auto (guessed for each line), none (the ink alone decides), en, fr or de; None is auto, or what was
    chosen in the window."""
    look_again: bool = True
    """Doubtful lines of a still picture are read again, from other looks at them: a tenth fewer errors, up to
    four times the time."""
    words: tuple[Path, ...] = ()
    """Text files with words to be expected besides those of the language, one a line."""


@dataclass(frozen=True, slots=True)
class FinderConfig:
    """What finds the lines."""

    method: str = choice(DEFAULT_FINDER, lambda: FINDERS)
    """net (a small net tells writing from the rest) or classical (by light, colour and shape alone)."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings."""

    source: SourceConfig = field(default_factory=SourceConfig)
    reader: ReaderConfig = field(default_factory=ReaderConfig)
    finder: FinderConfig = field(default_factory=FinderConfig)


def default_path() -> Path:
    """Where the settings file is looked for when none is named."""
    return user_config_path("camera-ocr") / "config.toml"


def load_config(path: Path | None = None) -> Config:
    """The settings in the file; the defaults when no file is named and the default one does not exist.

    Raises ConfigError when a named file is missing, is not TOML, or has an unknown key, a value of the wrong
    type or one out of range.
    """
    chosen = path or default_path()
    try:
        text = chosen.read_bytes().decode("utf-8")
    except FileNotFoundError:
        if path is None:
            return Config()
        raise ConfigError(f"The settings file {chosen} does not exist.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"The settings file {chosen} is not text in UTF-8.") from None
    except OSError as error:
        raise ConfigError(f"The settings file {chosen} cannot be read: {error.strerror}.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The settings file {chosen} is not valid TOML: {error}.") from None
    try:
        return build(Config, values)
    except ConfigError as error:
        raise ConfigError(f"In the settings file {chosen}, {error}") from None


def build(kind: type[T], values: dict[str, Any], prefix: str = "") -> T:
    """A settings object from plain values; raises ConfigError naming the key that is wrong."""
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    chosen: dict[str, Any] = {}
    for key, value in values.items():
        name = prefix + key
        if key not in known:
            raise ConfigError(f"{name} is not a setting; known here are {', '.join(known)}.")
        if is_dataclass(hints[key]):
            if not isinstance(value, dict):
                raise ConfigError(f"{name} must be a table, written as [{name}].")
            chosen[key] = build(hints[key], value, f"{name}.")
        else:
            chosen[key] = _value(name, value, hints[key], known[key].metadata)
    return kind(**chosen)


def _value(name: str, value: Any, hint: Any, limits: Any) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{name} must be a list, not {value!r}.")
        return tuple(_value(f"{name}[{i}]", one, get_args(hint)[0], limits) for i, one in enumerate(value))
    kinds = [k for k in get_args(hint) or (hint,) if k is not NoneType]
    wanted = kinds[0]
    if wanted is Path and isinstance(value, str) and value:
        return Path(value).expanduser()
    if wanted is float and type(value) is int:
        value = float(value)
    number = limits.get("number")
    if number and type(value) is int and value >= 0:
        value = str(value)
    # type() and not isinstance(): true is an int to Python, but not to the person who wrote it
    if type(value) is not wanted:
        words = {
            int: "a whole number",
            float: "a number",
            bool: "true or false",
            str: "a text",
            Path: "a path",
        }
        kind = f"{words[wanted]} or {number}" if number else words[wanted]
        raise ConfigError(f"{name} must be {kind}, not {value!r}.")
    if "choices" in limits and value not in (choices := tuple(limits["choices"]())):
        raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    low, high = limits.get("low"), limits.get("high")
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        raise ConfigError(f"{name} must be between {low} and {high}, not {value!r}.")
    return value
