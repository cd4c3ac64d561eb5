"""The life of a line: seen, confirmed, lost from sight, found again or forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from camera_ocr.geometry import intersection_area, is_usable, quad_area, transform_quad
from camera_ocr.tracking.ends import NO_DOUBTS, Doubts, merge, merged_curve, share_in_view
from camera_ocr.tracking.matcher import match_quads
from camera_ocr.types import F64, Region, Track, TrackState

_SOON = 30
"""A line missed no more often than this may be found any moment."""


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """How patient the tracker is."""

    confirm_hits: int = 2
    """Detections after which a new line is believed."""
    show_misses: int = 2
    """Detections in a row that a confirmed line may be missed before it counts as lost."""
    forget_after_s: float = 4.0
    """A lost line whose place is in view keeps its id when it comes back within this."""
    forget_unseen_after_s: float = 60.0
    """The same for one whose place is out of view."""
    lost_cost: float = 0.15
    """By how much better a place has to fit a lost line than one in sight; see matcher.cost_matrix."""
    tentative_cost: float = 0.3
    """The same for one that was seen once: lines of a blurred frame lie askew over several of those known."""
    follow: float = 0.6
    """Share of a newly found quad in the smoothed one: less is calmer, more is quicker."""


class Tracker:
    """Follows lines over frames. Time comes in with each call; nothing here reads a clock."""

    def __init__(self, config: TrackerConfig | None = None) -> None:
        self._config = config or TrackerConfig()
        self._tracks: list[Track] = []
        self._doubts: dict[int, Doubts] = {}
        self._others: set[int] = set()
        """Tracks in whose place another line stands now."""
        self._next_id = 1

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All that is remembered, lost ones too."""
        return tuple(self._tracks)

    def visible(self) -> tuple[Track, ...]:
        """What is believed to be in view now."""
        return tuple(track for track in self._tracks if track.state is TrackState.CONFIRMED)

    def misses_any(self) -> bool:
        """Whether a line that was in view just now is not found."""
        return any(0 < track.misses <= _SOON for track in self._tracks)

    def carry(self, motion: F64) -> None:
        """Move every track along with the view; `motion` maps the last frame's px to this frame's."""
        carried = (replace(track, quad=transform_quad(track.quad, motion)) for track in self._tracks)
        self._tracks = [track for track in carried if is_usable(track.quad)]

    def lose_sight(self) -> None:
        """The view jumped: where the lines are now is not known, they may be gone."""
        self._tracks = [
            replace(track, state=TrackState.LOST)
            for track in self._tracks
            if track.state is not TrackState.TENTATIVE
        ]

    def reset(self) -> None:
        """Forget every track: another page, another source. Ids are not used again."""
        self._tracks = []
        self._doubts = {}
        self._others = set()

    def show_other(self, track_id: int) -> None:
        """In that line's place stands another: how far the old one reached says nothing about it."""
        self._others.add(track_id)

    def update(
        self,
        regions: Sequence[Region],
        t_ns: int,
        *,
        confirm: bool = False,
        view: tuple[int, int] | None = None,
        blurred: bool = False,
    ) -> tuple[Track, ...]:
        """Take in what was found in the present frame, and return the tracks in view.

        Args:
            confirm: believe new lines at once, as for the first frame or a still picture.
            view: width and height of the frame, px; None does as if it had no edges.
            blurred: the view moves fast: what is found over lines that were just lost is these, badly seen.
        """
        kept: list[Track] = []
        # A line that left the view must not take the place of one in sight; but one that was hidden comes
        # back to where something else was seen for a moment, a hand's edge.
        cost = {
            TrackState.CONFIRMED: 0.0,
            TrackState.LOST: self._config.lost_cost,
            TrackState.TENTATIVE: self._config.tentative_cost,
        }
        penalties = [cost[track.state] for track in self._tracks]
        quads = [track.quad for track in self._tracks]
        matched = dict(match_quads(quads, [region.quad for region in regions], penalties=penalties))
        free = [j for j in range(len(regions)) if j not in set(matched.values())]
        for i, track in enumerate(self._tracks):
            if i in matched:
                kept.append(self._hit(track, regions[matched[i]], t_ns, view))
            else:
                missed = self._miss(track, t_ns, view)
                if missed is not None:
                    kept.append(missed)
        confirmed = confirm or self._config.confirm_hits <= 1
        for j in free:
            if self._is_part_of_known(regions[j], kept) or (blurred and _lies_over_lost(regions[j], kept)):
                continue
            state = TrackState.CONFIRMED if confirmed else TrackState.TENTATIVE
            quad, curve = regions[j].quad, regions[j].curve
            kept.append(Track(self._next_id, quad, state, 1, 0, t_ns, curve=curve))
            self._next_id += 1
        self._tracks = kept
        alive = {track.id for track in kept}
        self._doubts = {i: doubts for i, doubts in self._doubts.items() if i in alive}
        self._others &= alive
        return self.visible()

    def _hit(self, track: Track, region: Region, t_ns: int, view: tuple[int, int] | None) -> Track:
        hits = track.hits + 1
        if track.state is TrackState.TENTATIVE:
            state = TrackState.CONFIRMED if hits >= self._config.confirm_hits else TrackState.TENTATIVE
            quad, curve = region.quad, region.curve
            return replace(track, quad=quad, curve=curve, state=state, hits=hits, misses=0, last_seen_ns=t_ns)
        if track.id in self._others:
            self._others.discard(track.id)
            self._doubts.pop(track.id, None)
            quad, state, extent = region.quad, TrackState.CONFIRMED, track.extent + 1
            return Track(track.id, quad, state, hits, 0, t_ns, extent=extent, curve=region.curve)
        doubts = self._doubts.get(track.id, NO_DOUBTS)
        # one that was lost is put where it was found
        follow = self._config.follow if track.state is TrackState.CONFIRMED else 1.0
        merged = merge(track.quad, region.quad, doubts, t_ns, follow, view)
        self._doubts[track.id] = merged.doubts
        return replace(
            track,
            quad=merged.quad,
            curve=merged_curve(track, region, merged, follow),
            state=TrackState.CONFIRMED,
            hits=hits,
            misses=0,
            last_seen_ns=t_ns,
            part=merged.part,
            extent=track.extent + merged.resized,
        )

    def _miss(self, track: Track, t_ns: int, view: tuple[int, int] | None) -> Track | None:
        """The track as missed once more, or None when it is to be forgotten."""
        if track.state is TrackState.TENTATIVE:
            return None
        unseen = view is not None and share_in_view(track.quad, view) < 0.5
        patience_s = self._config.forget_unseen_after_s if unseen else self._config.forget_after_s
        if t_ns - track.last_seen_ns > patience_s * 1e9:
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


def _lies_over_lost(region: Region, tracks: Sequence[Track]) -> bool:
    """Whether the region holds most of a lost line, or lies in one for the most part."""
    area = quad_area(region.quad)
    return any(
        track.state is TrackState.LOST
        and intersection_area(track.quad, region.quad) > 0.5 * min(area, quad_area(track.quad))
        for track in tracks
    )
