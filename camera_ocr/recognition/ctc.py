"""Decoding a CTC-trained net's output (Graves et al., "Connectionist temporal classification", 2006)."""

import numpy as np
import numpy.typing as npt

from camera_ocr.types import F32, Transcript


def softmax(logits: F32) -> F32:
    """Over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: F32 = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities


def greedy(logits: F32, charset: str, blank: int) -> Transcript:
    """The best class of every frame, repeats and blanks taken out.

    Args:
        logits: (T, classes) of the frames that carry the line.
        charset: class i is charset[i].
        blank: class of the blank.

    Returns:
        Spans are fractions of the T frames. Spaces at either end are dropped, runs of spaces made one.
    """
    if not len(logits):
        return Transcript("", np.zeros(0, np.float32), np.zeros((0, 2), np.float32))
    best = logits.argmax(axis=1)
    # most frames are blank, and how sure the net is of those nobody asks
    inked = np.flatnonzero(best != blank)
    spikes = logits[inked]
    certainty = np.zeros(len(best), np.float32)
    certainty[inked] = 1 / np.exp(spikes - spikes.max(axis=1, keepdims=True, initial=-np.inf)).sum(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    certainties = np.maximum.reduceat(certainty, starts)
    ends = np.append(starts[1:], len(best))
    spoken = np.flatnonzero(best[starts] != blank)
    chars = [charset[c] for c in best[starts[spoken]].tolist()]
    # no space at either end, nor after another
    kept = [i for i, c in enumerate(chars) if c != " " or (i and chars[i - 1] != " ")]
    while kept and chars[kept[-1]] == " ":
        kept.pop()
    spoken = spoken[kept]
    runs = np.stack([starts[spoken], ends[spoken]], axis=1)
    return Transcript("".join(chars[i] for i in kept), certainties[spoken], char_spans(runs, len(best)))


def char_spans(runs: npt.ArrayLike, frames: int) -> F32:
    """Where each character lies: CTC marks it by a spike inside, so it reaches half-way to its neighbours.

    Args:
        runs: (n, 2) frames where each character's spike begins, and ends.
        frames: of the whole line.

    Returns:
        (n, 2) fractions of the line's width.
    """
    edges = np.asarray(runs, np.float64)
    if not len(edges):
        return np.zeros((0, 2), np.float32)
    middles = (edges[:, 0] + edges[:, 1]) / 2
    steps = np.sort(middles[1:] - middles[:-1])
    reach = (steps[(len(steps) - 1) // 2] + steps[len(steps) // 2]) / 4 if len(edges) > 1 else frames / 2
    between = (middles[:-1] + middles[1:]) / 2
    begin = np.maximum(np.append(-np.inf, between), np.minimum(edges[:, 0], middles - reach))
    end = np.minimum(np.append(between, np.inf), np.maximum(edges[:, 1], middles + reach))
    # the line image is cut close to the ink, so what is left over at its ends belongs to the outer letters
    begin[0] = 0 if begin[0] < 2 * reach else begin[0]
    end[-1] = frames if end[-1] > frames - 2 * reach else end[-1]
    return np.clip(np.stack([begin, end], axis=1) / frames, 0, 1).astype(np.float32)
