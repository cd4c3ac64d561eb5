"""What is between two spaces, as it grows by a character at a time."""

from camera_ocr.recognition.lexicon import NO_CONTEXT

_NEXT_CASE = {
    ("", "small"): "a",
    ("", "capital"): "A",
    ("a", "small"): "a",
    ("A", "small"): "Aa",
    ("A", "capital"): "AA",
    ("Aa", "small"): "Aa",
    ("AA", "capital"): "AA",
}

_KINDS = ("digit", "capital", "small", "mark")
_SIZES = {"digit": 10, "capital": 26, "small": 26, "mark": 32}
CODE_STEPS = {
    "": (0.45, 0.3, 0.1, 0.15, 0.0),
    "digit": (0.55, 0.03, 0.03, 0.15, 0.24),
    "capital": (0.1, 0.5, 0.15, 0.1, 0.15),
    "small": (0.03, 0.02, 0.65, 0.1, 0.2),
    "mark": (0.5, 0.15, 0.1, 0.05, 0.2),
}
"""In a code, how often each of the kinds, and its end, follows each."""


def _kind(char: str) -> str:
    if not char.isalpha():
        return "digit" if char.isdigit() else "mark"
    return "small" if char.islower() or char in "ªº" else "capital"


Path = tuple[float, str, int, int]
"""One way to take the letters so far: as the beginning of lexicon words, which may go on.

Probability of what is before them, the letters, and the range of the words.
"""


class Text:
    """What one language has to say of a token so far, taken as text."""

    __slots__ = ("context", "joined", "paths", "share", "spelt")

    def __init__(
        self, share: float, paths: tuple[Path, ...], spelt: float, context: int, joined: tuple[Path, ...] = ()
    ) -> None:
        self.share = share
        """Probability of the token's beginning."""
        self.paths = paths
        self.spelt, self.context = spelt, context
        """The same if the word it is at is none of the lexicon, and the letters before the next one."""
        self.joined = joined
        """Ways to take the letters as a compound, after its first part."""


NO_TEXT = Text(0.0, (), 0.0, NO_CONTEXT)


class Token:
    """A token so far; without characters, what is between two. The languages' say is added when asked for."""

    __slots__ = ("case", "char", "code", "following", "kind", "letters", "marked", "parent", "place", "texts")

    def __init__(self, place: str, count: int) -> None:
        self.place = place
        """`first` in its sentence, in a line in `capitals`, or empty."""
        self.parent: Token | None = None
        self.char = ""
        """The last character."""
        self.case = ""
        """Of the word it is at: `a` small, `A` one capital, `Aa` capitalised, `AA` capitals, `#` mixed."""
        self.letters = 0
        """Of the word it is at."""
        self.marked = False
        """Whether a mark is the last character, and belongs to a word or follows another."""
        self.code, self.kind = 1.0, ""
        """Probability as the beginning of a code, and the kind of its last character."""
        self.following: dict[str, Token] | None = None
        """None as long as nothing follows, as mostly nothing ever does."""
        self.texts: list[Text | None] = [None] * count

    def append(self, char: str) -> "Token":
        kind = _kind(char)
        new = Token(self.place, len(self.texts))
        new.parent, new.char, new.kind = self, char, kind
        new.code = self.code * CODE_STEPS[self.kind][_KINDS.index(kind)] / _SIZES[kind]
        if kind == "mark":
            if not new.joins:
                new.marked = bool(self.letters or self.marked)
            elif new.place != "capitals":
                new.place = ""
        else:
            new.case = _NEXT_CASE.get((self.case, kind), "#")
            new.letters = self.letters + 1
        return new

    def take_apart(self) -> None:
        """Let what follows go at once: tokens hold each other, and would wait for the garbage collector."""
        rest = [self]
        while rest:
            following = rest.pop().following
            if following is not None:
                rest.extend(following.values())
                following.clear()

    @property
    def joins(self) -> bool:
        """Whether it ends in a hyphen or apostrophe that another word may follow."""
        return self.char in ("-", "'") and self.parent is not None and self.parent.letters > 0
