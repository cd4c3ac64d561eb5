"""All that a training run needs to go on exactly where it stopped, as one file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Arrays = list[np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingState:
    step: int
    seconds: float
    """Of training so far, measuring not counted."""
    total_s: float
    """Length of the schedule."""
    weights: Arrays
    average: Arrays
    """Exponential moving average of the weights: what is evaluated and exported."""
    optimiser: Arrays
    earlier_s: float = 0.0
    """Of training under the schedules before this one."""
    focus: Arrays = field(default_factory=list)
    """How often each sample is shown, over its chance; empty where that does not change while training."""

    @property
    def minutes(self) -> float:
        """Of training in all."""
        return (self.earlier_s + self.seconds) / 60


def put_back(
    tf: Any, net: Any, optimiser: Any, state: TrainingState | None, start_from: Path | None
) -> tuple[list[Any], float]:
    """Net and optimiser as `state` has them; without it the net with a checkpoint's averaged weights, if any.

    Returns:
        The averaged weights as variables, and the seconds of training under the schedules before this one.
    """
    earlier_s = 0.0
    if state:
        net.set_weights(state.weights)
        for variable, value in zip(optimiser.variables, state.optimiser, strict=True):
            variable.assign(value)
        earlier_s = state.earlier_s
    elif start_from:
        start = load_state(start_from)
        net.set_weights(start.average)
        earlier_s = 60 * start.minutes
    averaged = state.average if state else net.get_weights()
    return [tf.Variable(a, trainable=False) for a in averaged], earlier_s


def taken(net: Any, average: list[Any], optimiser: Any) -> tuple[Arrays, Arrays, Arrays]:
    """Weights, averaged weights and what the optimiser remembers, for a TrainingState."""
    return net.get_weights(), [a.numpy() for a in average], [v.numpy() for v in optimiser.variables]


def mean_of(states: Sequence[TrainingState]) -> TrainingState:
    """One state with the mean of several runs' averaged weights; all must have started from the same weights.

    Wortsman et al., "Model soups" (2022). Steps and time are theirs together; no optimiser goes on from it.
    """
    if len(states) == 1:
        return states[0]
    average = [np.mean(arrays, axis=0) for arrays in zip(*(s.average for s in states), strict=True)]
    step, seconds, total_s = (
        sum(getattr(s, name) for s in states) for name in ("step", "seconds", "total_s")
    )
    return TrainingState(step, seconds, total_s, [], average, [], states[0].earlier_s)


def save_checkpoint(path: Path, state: TrainingState) -> None:
    """What a new schedule starts from: the averaged weights, a quarter of the state's size."""
    kept = TrainingState(state.step, state.seconds, state.total_s, [], state.average, [], state.earlier_s)
    save_state(path, kept, compressed=True)


def save_state(path: Path, state: TrainingState, *, compressed: bool = False) -> None:
    """Written beside and renamed, so that a kill leaves the old file or the new one, never half of one."""
    arrays: dict[str, np.ndarray] = {
        "progress": np.array([state.step, state.seconds, state.total_s, state.earlier_s])
    }
    for name in ("weights", "average", "optimiser", "focus"):
        arrays |= {f"{name}_{i:03}": np.asarray(a) for i, a in enumerate(getattr(state, name))}
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        (np.savez_compressed if compressed else np.savez)(file, **arrays)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load_state(path: Path) -> TrainingState:
    with np.load(path) as file:
        step, seconds, total_s, *earlier = file["progress"].tolist()

        def arrays(name: str) -> Arrays:
            return [file[key] for key in sorted(file.files) if key.startswith(name + "_")]

        named = {name: arrays(name) for name in ("weights", "average", "optimiser", "focus")}
        return TrainingState(int(step), seconds, total_s, **named, earlier_s=sum(earlier))
