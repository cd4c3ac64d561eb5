"""The life of a line: seen, confirmed, lost from sight, found again or forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from camera_ocr.geometry import intersection_area, is_usable, quad_area, transform_quad
from camera_ocr.tracking.matcher import match_quads
from camera_ocr.types import F64, Region, Track, TrackState


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """How patient the tracker is."""

    confirm_hits: int = 2
    """Detections after which a new line is believed."""
    show_misses: int = 2
    """Detections in a row that a confirmed line may be missed before it counts as lost."""
    forget_after_s: float = 4.0
    """A lost line that comes back within this keeps its id."""
    follow: float = 0.6
    """Share of a newly found quad in the smoothed one: less is calmer, more is quicker."""


class Tracker:
    """Follows lines over frames. Time comes in with each call; nothing here reads a clock."""

    def __init__(self, config: TrackerConfig | None = None) -> None:
        self._config = config or TrackerConfig()
        self._tracks: list[Track] = []
        self._next_id = 1

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All that is remembered, lost ones too."""
        return tuple(self._tracks)

    def visible(self) -> tuple[Track, ...]:
        """What is believed to be in view now."""
        return tuple(track for track in self._tracks if track.state is TrackState.CONFIRMED)

    def carry(self, motion: F64) -> None:
        """Move every track along with the view; `motion` maps the last frame's px to this frame's."""
        carried = (replace(track, quad=transform_quad(track.quad, motion)) for track in self._tracks)
        self._tracks = [track for track in carried if is_usable(track.quad)]

    def reset(self) -> None:
        """Forget every track: another page, another source. Ids are not used again."""
        self._tracks = []

    def update(self, regions: Sequence[Region], t_ns: int, *, confirm: bool = False) -> tuple[Track, ...]:
        """Take in what was found in the present frame, and return the tracks in view.

        `confirm` believes new lines at once, as for the first frame or a still picture.
        """
        kept: list[Track] = []
        # Lines in sight choose first: a line that left the view must not take the place of one that did not.
        pairs: list[tuple[int, int]] = []
        free = list(range(len(regions)))
        for lost in (False, True):
            rows = [i for i, track in enumerate(self._tracks) if (track.state is TrackState.LOST) == lost]
            found = match_quads([self._tracks[i].quad for i in rows], [regions[j].quad for j in free])
            taken = {free[j] for _, j in found}
            pairs += [(rows[i], free[j]) for i, j in found]
            free = [j for j in free if j not in taken]
        matched = dict(pairs)
        for i, track in enumerate(self._tracks):
            if i in matched:
                kept.append(self._hit(track, regions[matched[i]], t_ns))
            else:
                missed = self._miss(track, t_ns)
                if missed is not None:
                    kept.append(missed)
        confirmed = confirm or self._config.confirm_hits <= 1
        for j in free:
            if self._is_part_of_known(regions[j], kept):
                continue
            state = TrackState.CONFIRMED if confirmed else TrackState.TENTATIVE
            kept.append(Track(self._next_id, regions[j].quad, state, 1, 0, t_ns))
            self._next_id += 1
        self._tracks = kept
        return self.visible()

    def _hit(self, track: Track, region: Region, t_ns: int) -> Track:
        hits = track.hits + 1
        believed = track.state is not TrackState.TENTATIVE or hits >= self._config.confirm_hits
        follow = self._config.follow if track.state is TrackState.CONFIRMED else 1.0
        quad = np.ascontiguousarray(track.quad + follow * (region.quad - track.quad), np.float32)
        if not is_usable(quad):
            quad = region.quad
        state = TrackState.CONFIRMED if believed else TrackState.TENTATIVE
        return replace(track, quad=quad, state=state, hits=hits, misses=0, last_seen_ns=t_ns)

    def _miss(self, track: Track, t_ns: int) -> Track | None:
        """The track as missed once more, or None when it is to be forgotten."""
        if track.state is TrackState.TENTATIVE:
            return None
        if t_ns - track.last_seen_ns > self._config.forget_after_s * 1e9:
            return None
        misses = track.misses + 1
        state = TrackState.LOST if misses > self._config.show_misses else track.state
        return replace(track, misses=misses, state=state)

    def _is_part_of_known(self, region: Region, tracks: Sequence[Track]) -> bool:
        """True for half a line that is found as two for once: it would be shown twice."""
        area = quad_area(region.quad)
        return any(
            track.state is TrackState.CONFIRMED and intersection_area(track.quad, region.quad) > 0.7 * area
            for track in tracks
        )
