"""Another pipeline takes over; crops are read beside the view."""

from collections.abc import Callable

import pytest

from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import ModelError, ReaderError
from camera_ocr.types import Frame, FrameResult, FusedLine
from tests.engine.conftest import CROP, QUAD, FakePipeline, FakeReader, ScriptedSource, Watch, frame


def test_view_is_read_by_another_pipeline_from_then_on(run: Callable[..., Engine], watch: Watch) -> None:
    first, second = FakePipeline(), FakePipeline()
    engine = run(ScriptedSource(), first)
    watch.result(lambda r: r.text != "0 read")
    engine.use(lambda: second)
    count = len(first.stepped)
    watch.result(lambda r: second.absorbed > 2)
    assert len(first.stepped) <= count + 1


@pytest.mark.parametrize("held", [False, True], ids=["end of a film", "frozen"])
def test_standing_picture_is_read_anew_by_another_pipeline(
    run: Callable[..., Engine], watch: Watch, held: bool
) -> None:
    source = ScriptedSource() if held else ScriptedSource(frame(0), None, live=False)
    engine = run(source)
    if held:
        watch.result(lambda r: True)
        engine.freeze()
    else:
        watch.phase(Phase.ENDED)

    class Digits(FakePipeline):
        def read_still(self, picture: Frame) -> FrameResult:
            return FrameResult(picture, None, (FusedLine(1, QUAD, "42", 1.0, 1, True, ()),))

    before = engine.latest()
    engine.use(Digits)
    after = engine.latest()
    assert before is not None
    assert after is not None
    assert (after.text, after.frame) == ("42", before.frame)


def test_pipeline_that_cannot_be_made_leaves_the_old_one_at_work(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource())
    watch.result(lambda r: r.text != "0 read")

    def broken() -> FakePipeline:
        raise ModelError("the digit reader is missing")

    with pytest.raises(ModelError):
        engine.use(broken)
    count = len(watch.results)
    watch.result(lambda r: len(watch.results) > count + 3 and bool(r.text))
    assert not engine.state.no_text


def test_another_pipeline_reads_where_the_first_could_not_be_made(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource(), ModelError("the line reader is missing"))
    watch.state(lambda s: s.no_text)
    engine.use(FakePipeline)
    watch.result(lambda r: bool(r.text))
    assert (engine.state.no_text, engine.state.message) == (False, "")


def test_crops_are_read_whatever_the_view_shows(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource(frame(1)), FakePipeline(FakeReader()))
    watch.result(lambda r: True)
    engine.freeze()
    assert [said.text for said in engine.read_crops([CROP, CROP])] == ["text", "text"]


def test_without_a_reader_crops_are_refused(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource(frame(1)), ModelError("the model is missing."))
    watch.result(lambda r: True)
    with pytest.raises(ReaderError):
        engine.read_crops([CROP])
