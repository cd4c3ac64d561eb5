"""From a frame to lines of text. No threads and no clock in here: frames carry their time.

The live view calls `step` for every frame. Whoever reads asks `wanted` for jobs, lets a reader read their
crops (the slow part, which needs nothing from the pipeline), and hands the transcripts to `absorb`. Looking
for lines is slow as well; it goes the same way, by `search_wanted`, `search` and `absorb_search`, unless
`step` is to do it. All but `search` must not run at the same time: one thread, or one lock around each call.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from camera_ocr.curve import crop_line, margin_share, swing
from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.order import reading_order
from camera_ocr.detection.words import split_words
from camera_ocr.geometry import is_usable, to_gray, transform_quad
from camera_ocr.jobs import Found, Reader, ReadJob, SearchJob, sharpened, without_margin
from camera_ocr.laps import Clock
from camera_ocr.orientation import CHARACTERS, WayUp, page_of_frame, turns_of_lines, upside_down
from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.preprocess.parts import make_part, reframe
from camera_ocr.search_schedule import SearchSchedule
from camera_ocr.stills import StillReader, as_frame
from camera_ocr.tracking.ends import share_in_view
from camera_ocr.tracking.memory import LineMemory
from camera_ocr.tracking.motion import moved_share
from camera_ocr.tracking.tracker import Tracker
from camera_ocr.tracking.view import ViewFollower
from camera_ocr.types import U8, Frame, FrameResult, FusedLine, Page, Reading, Region, Track, Transcript


class Pipeline:
    """Finds, follows, and remembers the lines of one view."""

    either_way = True
    """Whether a view whose lines read badly may be upside down or lie sideways."""

    def __init__(
        self,
        reader: Reader | None = None,
        config: PipelineConfig | None = None,
        judge: Judge | None = None,
    ) -> None:
        """`judge` tells writing from what only looks like it; without one all dark marks on paper are ink."""
        self._reader = reader
        self._judge = judge
        self._config = config or PipelineConfig()
        self._tracker = Tracker(self._config.tracker)
        self._memory: dict[int, LineMemory] = {}
        self._view = ViewFollower()
        self._way = WayUp()
        self._turns = 0
        """By so many quarters clockwise the view is to be turned for its writing to stand upright."""
        self._turns_before: int | None = None
        """The same as it was before the view was looked at from the side, until that is settled."""
        self._looked_aside = False
        self._newest: Frame | None = None
        self._frame: Frame | None = None
        """The newest frame whose motion could be told: the tracks lie where they are in it."""
        self._gray: U8 | None = None
        """Of `_frame`."""
        self._schedule = SearchSchedule(self._config)
        self._blurred = False
        """The view moved so fast that what was read before is better than what can be read now."""
        self._generation = 0
        self._shown: tuple[Any, tuple[FusedLine, ...]] = ((), ())
        """What the lines were last made from, and the lines."""

    @property
    def reader(self) -> Reader | None:
        """What reads for `read_still`; whoever reads the jobs of `wanted` may use it too."""
        return self._reader

    def reset(self) -> None:
        """Forget the view: another source. Readings still under way will not be taken in."""
        self._tracker.reset()
        self._memory = {}
        self._view = ViewFollower()
        self._way, self._turns = WayUp(), 0
        self._turns_before, self._looked_aside = None, False
        self._newest = self._frame = self._gray = None
        self._schedule.search_next()
        self._generation += 1

    def step(self, frame: Frame, *, search: bool = True) -> FrameResult:
        """The fast path: carry the lines along; text as far as it is read.

        With `search` lines are looked for in here when that is due; without it `search_wanted` tells when.
        """
        clock = Clock()
        gray = to_gray(frame.image)
        before = self._frame
        if before is not None and (
            before.image.shape != frame.image.shape or before.framing != frame.framing
        ):
            self.reset()
        self._newest = frame
        self._follow(frame, gray)
        clock.lap("motion")
        page: Page | None = None
        job = self.search_wanted() if search else None
        if job is not None:
            found = self.search(job)
            self.absorb_search(job, found)
            page = found.page
            clock.take_in(found.timings_ms)
        lines = self._lines()
        clock.lap("track")
        return FrameResult(frame, page, lines, clock.timings_ms(), resting=self._view.resting > 0)

    def search_wanted(self) -> SearchJob | None:
        """The newest frame when it is time to look for lines in it, once; else None."""
        if self._frame is None or self._gray is None:
            return None
        if self.either_way:
            self._look_aside()
        size = _size_of(self._gray)
        resting = self._view.resting > 0
        if self._view.lost or not self._schedule.is_due(
            size, resting=resting, missing=self._tracker.misses_any()
        ):
            return None
        self._schedule.begin(resting=resting)
        return SearchJob(self._frame, self._generation, self._turns)

    def search(self, job: SearchJob) -> Found:
        """Looks for lines; the slow part, which needs nothing of the pipeline."""
        clock = Clock()
        page = self._make_page(reframe(job.frame, job.frame.framing.turned(job.turns)))
        page = page_of_frame(page, job.frame, job.turns)
        clock.lap("page")
        regions = tuple(self._find(page))
        clock.lap("lines")
        return Found(page, regions, clock.laps_ms())

    def absorb_search(self, job: SearchJob, found: Found) -> None:
        """Take in what a search found, moved to where it is by now."""
        if self._frame is None or self._gray is None or job.generation != self._generation:
            return
        moved = self._schedule.moved
        if moved is None or job.turns != self._turns:
            # the view jumped meanwhile: nobody knows where those lines are now; or the page was turned, and
            # they were looked for across the writing
            return
        placed = [replace(region, quad=transform_quad(region.quad, moved)) for region in found.regions]
        usable = [region for region in placed if is_usable(region.quad)]
        size = _size_of(self._gray)
        first = not self._tracker.tracks
        self._tracker.update(usable, self._frame.t_ns, confirm=first, view=size, blurred=self._blurred)
        self._look(self._gray)

    def refresh(self) -> FrameResult | None:
        """The newest frame once more, with what was read since; None before the first frame."""
        if self._newest is None:
            return None
        return FrameResult(self._newest, None, self._lines())

    def wanted(self, limit: int = 4) -> list[ReadJob]:
        """At most `limit` lines of the newest frame worth reading, the most urgent first; empty when none
        is.
        """
        if self._frame is None or self._gray is None:
            return []
        if self.either_way and (trial := self._trial()) is not None:
            return [trial]
        queue: list[tuple[int, int, int, Track, float]] = []
        size = _size_of(self._gray)
        for track in self._tracker.visible():
            memory = self._memory.get(track.id)
            if memory is None or track.misses or not (track.whole or memory.in_doubt):
                continue
            if self._blurred and memory.tries:
                continue
            if memory.last_frame == self._frame.index:
                # a frame that is read twice says the same twice, which is no second opinion
                continue
            seen = share_in_view(track.quad, size)
            need = memory.need(self._frame.index, seen)
            if need is not None:
                queue.append((need, memory.tries, track.id, track, seen))
        queue.sort(key=lambda entry: entry[:3])
        jobs: list[ReadJob] = []
        for _, _, _, track, seen in queue:
            memory = self._memory[track.id]
            plain = crop_line(self._gray, track.quad, track.curve)
            if memory.is_hidden(plain):
                continue
            room = self._config.margins[memory.tries % len(self._config.margins)]
            margin = margin_share(track.quad, track.curve, room)
            cut = crop_line(self._gray, track.quad, track.curve, room) if room else plain
            crop = sharpened(cut, self._config.sharpening)
            job = ReadJob(
                track.id, self._frame.index, crop, margin, plain, memory.sharpness, seen, self._generation
            )
            jobs.append(job)
            if len(jobs) == limit:
                break
        return jobs

    def absorb(self, job: ReadJob, transcript: Transcript) -> None:
        """Take in what the reader made of a job; a job whose line is forgotten by now is dropped."""
        memory = self._memory.get(job.track_id)
        if memory is None or job.generation != self._generation:
            return
        self._way.take(job.track_id, transcript, over=job.over)
        if job.over:
            if self._way.is_over():
                self._turn((self._turns + 2) % 4)
            return
        said = without_margin(transcript, job)
        if memory.add(Reading(job.track_id, job.frame_index, said, job.sharpness, job.seen), job.plain):
            self._tracker.show_other(job.track_id)

    def skip(self, job: ReadJob) -> None:
        """The reader failed on that job: others come first, and after some failures its line is let be."""
        memory = self._memory.get(job.track_id)
        if memory is not None and job.generation == self._generation:
            memory.skip(job.frame_index, job.sharpness)

    def read_still(self, picture: Frame | U8) -> FrameResult:
        """Find and read every line of one picture, whichever way up, whatever the view that is followed.

        `picture` is a Frame, or (H, W, 3) BGR or (H, W) grey. Needs a reader.
        """
        return self._stills().read_page(as_frame(picture))

    def read_line(self, picture: Frame | U8, *, one_word: bool = False) -> FrameResult:
        """Read the picture as one line, or as one word, wherever in it the writing is. Needs a reader."""
        return self._stills().read_line(as_frame(picture), one_word=one_word)

    def _stills(self) -> StillReader:
        if self._reader is None:
            raise ValueError("this pipeline was made without a reader")
        make_whole = partial(self._page_of, tables=True)
        return StillReader(self._reader, make_whole, look_again=self._config.look_again)

    def _make_page(self, frame: Frame) -> Page:
        """As the view is searched: what stands in a table is found when the picture is read by itself."""
        return self._page_of(frame, tables=False)

    def _page_of(self, frame: Frame, *, tables: bool) -> Page:
        return make_part(frame, partial(make_page, judge=self._judge, desk=self._config.desk, tables=tables))

    def _find(self, page: Page) -> list[Region]:
        """What is to be followed and read."""
        bent = self._config.bent
        return [one if swing(one.curve) >= bent else replace(one, curve=None) for one in find_lines(page)]

    def _new_memory(self) -> LineMemory:
        """For a line that was not in view before."""
        return LineMemory()

    def _trial(self) -> ReadJob | None:
        """A line to be read upside down, when there is doubt about the way up."""
        if self._frame is None or self._gray is None:
            return None
        tracks = {track.id: track for track in self._tracker.visible() if not track.misses}
        line = self._way.doubtful(tracks)
        if line is None or line not in self._memory:
            return None
        over = upside_down(Region(tracks[line].quad, 1.0, tracks[line].curve))
        plain = crop_line(self._gray, over.quad, over.curve)
        crop = sharpened(plain, self._config.sharpening)
        sharpness = self._memory[line].sharpness
        return ReadJob(line, self._frame.index, crop, 0.0, plain, sharpness, 1.0, self._generation, over=True)

    def _look_aside(self) -> None:
        """A view that rests and in which nothing reads is looked at from the side, once."""
        if not self._view.resting or not self._schedule.rested:
            return
        lines = [track.id for track in self._tracker.visible() if not track.misses]
        if not lines and self._tracker.tracks:
            # a hand before the camera, or it was turned aside: what was there may come back
            return
        if not all(line in self._memory and self._memory[line].tries for line in lines):
            return
        trial = self._turns_before is not None
        if self._way.reads(lines, CHARACTERS if trial else 1):
            self._turns_before = None
        elif self._turns_before is not None:
            self._turn(self._turns_before)
            self._turns_before = None
        elif not self._looked_aside:
            self._looked_aside, self._turns_before = True, self._turns
            self._turn((self._turns + 1) % 4)

    def _turn(self, turns: int) -> None:
        """The lines run another way: they are found and read anew."""
        self._tracker.reset()
        self._memory = {}
        self._way, self._turns = WayUp(), turns
        self._schedule.start_anew()
        self._generation += 1

    def _turn_with_lines(self) -> None:
        """A page that is turned before the camera takes the way its lines run along."""
        known = {track.id: track.quad for track in self._tracker.tracks if track.id in self._memory}
        if not known or turns_of_lines(list(known.values()), self._turns) == self._turns:
            return
        if not self._way.reads(known, CHARACTERS):
            return
        turns = turns_of_lines([known[line] for line in self._way.written(known)], self._turns)
        if turns != self._turns:
            self._turns, self._turns_before = turns, None
            self._schedule.search_next()
            self._way.ask_anew()

    def _follow(self, frame: Frame, gray: U8) -> None:
        """Carry the tracks to the new frame, if it can be told where they are in it."""
        motion = self._view.follow(gray)
        self._schedule.next_frame(resting=self._view.resting > 0)
        self._blurred = False
        if self._view.take_as_new():
            self._tracker.lose_sight()
            self._way.ask_anew()
            if self._turns_before is not None:
                self._turns = self._turns_before
            self._turns_before, self._looked_aside = None, False
            self._schedule.lose_sight()
        elif motion is None:
            return
        elif not self._view.resting:
            self._blurred = moved_share(motion, *_size_of(gray)) > self._config.blurs_share
            self._tracker.carry(motion)
            self._schedule.carry(motion)
            if self.either_way:
                self._turn_with_lines()
        self._frame, self._gray = frame, gray

    def _look(self, gray: U8) -> None:
        """After a search: note the looks of every line in view, forget those of lines that are gone."""
        alive = {track.id for track in self._tracker.tracks}
        self._memory = {i: memory for i, memory in self._memory.items() if i in alive}
        self._way.keep(alive)
        for track in self._tracker.visible():
            if track.misses == 0:
                memory = self._memory.setdefault(track.id, self._new_memory())
                if self._blurred and memory.tries:
                    continue
                crop = crop_line(gray, track.quad, track.curve)
                seen = share_in_view(track.quad, _size_of(gray))
                memory.look(crop, extent=track.extent, part=track.part, seen=seen)

    def _lines(self) -> tuple[FusedLine, ...]:
        tracks = [track for track in self._tracker.visible() if self._is_shown(self._memory.get(track.id))]
        known = [self._memory.get(track.id) for track in tracks]
        state = [(m.fused, m.settled, m.ink) if m else None for m in known]
        # a view that rests is asked thirty times a second
        if self._shown[0] != (tracks, state):
            order = reading_order([track.quad for track in tracks])
            self._shown = (tracks, state), tuple(self._fused_line(tracks[i]) for i in order)
        return self._shown[1]

    def _is_shown(self, memory: LineMemory | None) -> bool:
        """False for what turned out to be no text; what is not read yet may be some."""
        return memory is None or memory.is_text

    def _fused_line(self, track: Track) -> FusedLine:
        memory = self._memory.get(track.id)
        if memory is None or memory.fused.transcript is None:
            ink = 0 if memory is None else memory.ink
            return FusedLine(track.id, track.quad, "", 0.0, 0, False, (), ink, curve=track.curve)
        fused = memory.fused
        words = split_words(memory.fused.transcript, track.quad, track.curve)
        return FusedLine(
            track.id,
            track.quad,
            fused.text,
            fused.confidence,
            fused.votes,
            memory.settled,
            words,
            memory.ink,
            memory.fused.transcript.alternatives,
            track.curve,
        )


def _size_of(gray: U8) -> tuple[int, int]:
    """Width and height, px."""
    return gray.shape[1], gray.shape[0]
