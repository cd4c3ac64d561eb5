"""The languages there are lexicons of, and what a user may ask for."""

from camera_ocr.errors import ConfigError

LANGUAGES = ("en", "fr", "de")
LANGUAGE_CHOICES = ("auto", "none", *LANGUAGES)
"""Guessed for each line, none (the ink alone decides), or one."""


def chosen_languages(choice: str) -> tuple[str, ...]:
    """The languages that one of LANGUAGE_CHOICES asks for. Raises ConfigError when it is none of them."""
    if choice not in LANGUAGE_CHOICES:
        raise ConfigError(f"{choice}: no such language; choose from {', '.join(LANGUAGE_CHOICES)}.")
    return {"auto": LANGUAGES, "none": ()}.get(choice, (choice,))
