"""How sure a reading is, in three grades with a colour each, the same in the window and in pictures."""

from enum import Enum

SURE_FROM = 0.85
DOUBT_BELOW = 0.6
"""A confidence below this is worth a look."""


class Grade(Enum):
    """The value is a colour, "#rrggbb", that can be told from the others by the colour-blind too."""

    SURE = "#12876a"
    FAIR = "#dd8500"
    DOUBTFUL = "#d0245e"


def grade(confidence: float) -> Grade:
    """`confidence`: 0..1, of a word or a line."""
    if confidence >= SURE_FROM:
        return Grade.SURE
    return Grade.FAIR if confidence >= DOUBT_BELOW else Grade.DOUBTFUL
