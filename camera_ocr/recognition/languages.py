"""The languages there are lexicons of, and what a user may ask for."""

LANGUAGES = ("en", "fr", "de")
LANGUAGE_CHOICES = ("auto", "none", *LANGUAGES)
"""Guessed for each line, none (the ink alone decides), or one."""
