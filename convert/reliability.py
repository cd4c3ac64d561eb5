"""How far confidence keeps its word: calibration error, errors among sure lines, the calibration plot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

BINS = 10
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Said:
    """A line that was read, and how sure the reader was."""

    truth: str
    reading: str
    confidence: float
    """0..1."""

    @property
    def right(self) -> bool:
        return self.truth == self.reading


@dataclass(frozen=True, slots=True)
class Reliability:
    """What confidence was worth on some lines; all but `lines` 0..1."""

    lines: int
    confidence: float
    """Mean."""
    right: float
    """Share of lines without any error."""
    ece: float
    """Expected calibration error: distance of the two in each tenth of confidence, weighted by its lines."""
    sure: float
    """Share of lines with a confidence above `SURE`."""
    wrong_when_sure: float
    """Share of those with any error; 0 if there are none."""
    cer_when_sure: float


def reliability(said: Sequence[Said]) -> Reliability:
    """Raises ValueError for no lines."""
    if not said:
        raise ValueError("there is nothing to score")
    sure = [line for line in said if line.confidence > SURE]
    characters = sum(len(line.truth) for line in sure)
    edits = sum(Levenshtein.distance(line.truth, line.reading) for line in sure)
    return Reliability(
        len(said),
        sum(line.confidence for line in said) / len(said),
        sum(line.right for line in said) / len(said),
        sum(abs(mean - right) * count for mean, right, count in tenths(said)) / len(said),
        len(sure) / len(said),
        sum(not line.right for line in sure) / max(1, len(sure)),
        edits / max(1, characters),
    )


def tenths(said: Sequence[Said]) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right lines and their count, of each tenth of confidence that has any."""
    confidence = np.array([line.confidence for line in said])
    right = np.array([line.right for line in said], float)
    member = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        (float(confidence[member == b].mean()), float(right[member == b].mean()), int((member == b).sum()))
        for b in range(BINS)
        if (member == b).any()
    ]


def table(sets: Mapping[str, Reliability]) -> str:
    """As text, a set a line."""
    lines = [f"{'set':28} {'lines':>6} {'mean %':>7} {'right %':>8} {'ECE %':>6}  of those above {SURE:.0%}:"]
    lines[0] += f" {'share %':>7} {'wrong %':>8} {'CER %':>6}"
    for name, found in sets.items():
        rates = f"{100 * found.confidence:7.1f} {100 * found.right:8.1f} {100 * found.ece:6.1f} {'':20}"
        rates += (
            f"{100 * found.sure:7.1f} {100 * found.wrong_when_sure:8.1f} {100 * found.cer_when_sure:6.2f}"
        )
        lines.append(f"{name:28} {found.lines:6} {rates}")
    return "\n".join(lines)


def plot(ways: Mapping[str, Sequence[Said]], path: Path) -> None:
    """The calibration plot, PNG: share of right lines over confidence, for each way of reading."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (curve, counts) = plt.subplots(
        2, 1, figsize=(5, 5.5), sharex=True, height_ratios=(4, 1), layout="constrained"
    )
    curve.plot((0, 1), (0, 1), color="0.7", linewidth=1)
    for name, said in ways.items():
        found = tenths(said)
        label = f"{name}: calibration error {100 * reliability(said).ece:.1f} %"
        (line,) = curve.plot([c for c, _, _ in found], [r for _, r, _ in found], marker="o", label=label)
        counts.hist(
            [one.confidence for one in said],
            bins=BINS,
            range=(0, 1),
            histtype="step",
            color=line.get_color(),
        )
    curve.set_ylabel("lines without any error")
    curve.legend(loc="upper left", frameon=False)
    counts.set_ylabel("lines")
    counts.set_xlabel("confidence")
    for axes in (curve, counts):
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    plt.close(figure)
