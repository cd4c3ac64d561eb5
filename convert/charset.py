"""The characters the line reader knows, and how labels of other origin are brought to them."""

_ASCII = "".join(chr(c) for c in range(32, 127))
_LATIN1_LETTERS = "".join(chr(c) for c in range(0xC0, 0x100) if chr(c) not in "×÷")
_OTHERS = "°€£§«»œŒ¿¡µ±²³½·"

CHARSET = _ASCII + _LATIN1_LETTERS + _OTHERS
"""Class i of the net is CHARSET[i]; the last class, len(CHARSET), is CTC's blank."""

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)


def normalise(label: str) -> str | None:
    """The label in the reader's characters, blanks single; None when it has a character the reader lacks."""
    text = " ".join(label.translate(_SAME).split())
    return text if text and set(text) <= _KNOWN else None


def encode(text: str) -> list[int]:
    return [_INDEX[c] for c in text]


_KNOWN = frozenset(CHARSET)
_INDEX = {c: i for i, c in enumerate(CHARSET)}
