import csv
import io
import json
import sys

import pytest

from camera_ocr.capture.files import read_image
from camera_ocr.commands.read import output_names
from camera_ocr.errors import ModelError

pytestmark = pytest.mark.usefixtures("fake_reader")


def test_a_line_is_printed_as_text(run, picture):
    done = run("read", "--layout", "line", picture("a.png", 120))
    assert (done.status, done.out, done.err) == (0, "120 px\n", "")


def test_a_word_has_no_space_in_it(run, picture):
    done = run("read", "--layout", "word", "--format", "json", picture("a.png", 120))
    (line,) = json.loads(done.out)["lines"]
    assert [word["text"] for word in line["words"]] == ["120px"] == [line["text"]]


def test_json_prints_one_object_an_input_in_the_order_given(run, picture):
    paths = [picture("b.png", 50), picture("a.png", 70)]
    done = run("read", "--layout", "line", "--format", "json", *paths)
    objects = [json.loads(line) for line in done.out.splitlines()]
    assert [o["source"] for o in objects] == [str(p) for p in paths]
    assert [o["text"] for o in objects] == ["50 px", "70 px"]
    assert objects[0]["lines"][0]["quad"] == [[0, 0], [50, 0], [50, 32], [0, 32]]
    assert [w["text"] for w in objects[0]["lines"][0]["words"]] == ["50", "px"]
    assert objects[0]["models"] == ["fake-lines"]


def test_texts_of_several_images_are_set_apart_by_an_empty_line(run, picture):
    done = run("read", "--layout", "line", picture("a.png", 50), picture("b.png", 60))
    assert done.out == "50 px\n\n60 px\n"


def test_a_folder_stands_for_its_images_page_2_before_page_10(run, picture, tmp_path):
    for number in (10, 9, 2):
        picture(f"scans/page {number}.png", 100 + number)
    (tmp_path / "scans" / "notes.md").write_text("not an image")
    done = run("read", "--layout", "line", tmp_path / "scans")
    assert done.out == "102 px\n\n109 px\n\n110 px\n"
    assert done.status == 0


def test_an_image_can_come_from_standard_input(run, picture, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(picture("a.png", 80).read_bytes())))
    done = run("read", "--layout", "line", "--format", "json", "-")
    assert (done.status, json.loads(done.out)["source"]) == (0, "-")


def test_output_gets_a_file_for_each_input_and_stdout_stays_empty(run, picture, tmp_path):
    paths = [picture("one/a.png", 50), picture("two/a.jpg", 60), picture("b.png", 70)]
    done = run("read", "--layout", "line", "--output", tmp_path / "new" / "texts", *paths)
    assert (done.status, done.out, done.err) == (0, "", "")
    written = {p.name: p.read_text() for p in (tmp_path / "new" / "texts").iterdir()}
    assert written == {"a.txt": "50 px\n", "a-2.txt": "60 px\n", "b.txt": "70 px\n"}


def test_names_of_output_files_never_meet(tmp_path):
    inputs = [tmp_path / name for name in ("a.png", "A.jpg", "a-2.png", "a.tif")]
    names = list(output_names(inputs, ".txt"))
    assert len({name.casefold() for name in names}) == len(inputs)


def test_an_output_folder_that_cannot_be_is_wrong_usage_and_nothing_is_read(run, picture, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("read", "--output", tmp_path / "file", picture("a.png"))
    (sentence,) = done.sentences()
    assert done.status == 2
    assert f"{tmp_path / 'file'} cannot be used: it is not a folder" in sentence


def test_one_bad_input_is_named_and_the_others_are_still_read(run, picture, tmp_path):
    bad = tmp_path / "missing.png"
    done = run("read", "--layout", "line", picture("a.png", 50), bad, picture("b.png", 60))
    assert (done.status, done.out) == (1, "50 px\n\n60 px\n")
    (sentence,) = done.sentences()
    assert f"{bad} does not exist" in sentence


def test_an_empty_folder_is_named_and_the_others_are_still_read(run, picture, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run("read", "--layout", "line", tmp_path / "empty", picture("a.png", 50))
    assert (done.status, done.out) == (1, "50 px\n")
    (sentence,) = done.sentences()
    assert f"{tmp_path / 'empty'} has no image in it" in sentence


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "table"], "--format table is not supported; choose from txt, json, csv, png."),
        (["--layout", "table"], "'table' is not one of 'page', 'line', 'word', 'digits'"),
        (["--sideways"], "No such option '--sideways'"),
        (["--runtime", "onnx"], "--runtime onnx is not known; choose from ai-edge-litert, tflite-runtime."),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_and_exits_2(run, picture, arguments, said):
    done = run("read", *arguments, picture("a.png"))
    assert (done.status, done.out) == (2, "")
    (sentence,) = done.sentences()
    assert said in sentence


@pytest.mark.parametrize("arguments", [["--output", ""], ["--model", ""], ["--config", ""], [""]])
def test_an_empty_name_is_not_the_current_folder(run, picture, tmp_path, monkeypatch, arguments):
    path = picture("a.png")
    monkeypatch.chdir(tmp_path)
    done = run("read", *arguments, path)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (2, "")
    assert "the name is empty" in sentence
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_path_nothing_can_be_read(run):
    done = run("read")
    assert done.status == 2
    assert "Missing argument 'PATH…'" in done.sentences()[0]


def test_an_error_nobody_foresaw_spoils_one_image_only(run, picture, fake_reader, monkeypatch):
    whole = fake_reader.read
    monkeypatch.setattr(fake_reader, "read", lambda crops: whole(crops) if crops[0].shape[1] != 50 else 1 / 0)
    done = run("read", "--layout", "line", picture("a.png", 50), picture("b.png", 60))
    assert (done.status, done.out) == (1, "60 px\n")
    (sentence,) = done.sentences()
    assert "a.png: Unexpected error (ZeroDivisionError: division by zero); details are in " in sentence


def test_a_model_that_cannot_be_used_is_told_once(run, picture, monkeypatch):
    def broken(config):
        raise ModelError("lines.tflite is not the file its card describes; install the program again.")

    monkeypatch.setattr("camera_ocr.commands.read.make_reader", broken)
    done = run("read", picture("a.png"), picture("b.png"))
    assert (done.status, done.out) == (1, "")
    assert done.sentences() == [
        "camera-ocr: lines.tflite is not the file its card describes; install the program again."
    ]


def test_a_table_of_several_images_has_its_columns_named_once(run, picture):
    paths = [picture("a.png", 50), picture("b.png", 60)]
    done = run("read", "--layout", "line", "--format", "csv", *paths)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["source"], row["line"], row["text"]) for row in rows] == [
        (str(paths[0]), "1", "50 px"),
        (str(paths[1]), "1", "60 px"),
    ]
    assert (rows[1]["x3"], rows[1]["y3"]) == ("60.0", "32.0")


def test_annotated_pictures_are_written_one_for_each_input(run, picture, tmp_path):
    paths = [picture("a.png", 150), picture("b.png", 160)]
    done = run("read", "--layout", "line", "--format", "png", "--output", tmp_path / "out", *paths)
    assert (done.status, done.out, done.err) == (0, "", "")
    for path in paths:
        written, original = read_image(tmp_path / "out" / path.name), read_image(path)
        # the picture itself, and the text beside it
        assert written.shape[0] == original.shape[0]
        assert written.shape[1] > original.shape[1]


def test_several_annotated_pictures_have_no_place_on_standard_output(run, picture):
    done = run("read", "--format", "png", picture("a.png"), picture("b.png"))
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (2, "")
    assert "name a folder with --output" in sentence


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ([], (80, 32)),
        (["--rotate", "90"], (32, 80)),
        (["--rotate", "270", "--mirror"], (32, 80)),
        (["--region", "25,0,50,100"], (40, 32)),
        (["--rotate", "90", "--region", "0,50,100,50"], (32, 40)),
    ],
)
def test_the_picture_is_turned_and_cut_before_it_is_read(run, picture, options, size):
    done = run("read", "--layout", "line", "--format", "json", *options, picture("a.png", 80))
    (quad,) = (line["quad"] for line in json.loads(done.out)["lines"])
    assert (quad[2][0] - quad[0][0], quad[2][1] - quad[0][1]) == size


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("10,20,30", "is not left,top,width,height"),
        ("a,b,c,d", "is not left,top,width,height"),
        ("nan,0,10,10", "reaches beyond the picture"),
        ("50,0,60,10", "reaches beyond the picture"),
        ("0,0,0,10", "is too small"),
    ],
)
def test_a_region_that_is_none_is_wrong_usage(run, picture, region, said):
    done = run("read", "--region", region, picture("a.png"))
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (2, "")
    assert said in sentence


def test_a_doubtful_line_is_read_again_unless_in_haste(run, picture, fake_reader, monkeypatch):
    shown = []
    read = fake_reader.read
    monkeypatch.setattr(
        fake_reader, "read", lambda crops: [shown.append(crop.shape) for crop in crops] and read(crops)
    )
    page = picture("a.png", 120)
    assert run("read", page, "--layout", "line").status == 0
    assert shown == [(32, 120), (32, 136), (32, 120), (32, 120)]
    shown.clear()
    assert run("read", page, "--layout", "line", "--fast").status == 0
    assert shown == [(32, 120)]
