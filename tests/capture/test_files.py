"""Image files: every good kind is read the right way up and in colour, every bad one has its sentence."""

import contextlib
import re
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.capture.files import FolderSource, ImageSource, list_images, read_image
from camera_ocr.errors import ImageError, SourceError

ASSETS = Path(__file__).parent.parent / "assets" / "capture"
RED = (20, 30, 200)  # BGR, the left half of the assets; the right half is white
WHITE = (255, 255, 255)


def half_red(height: int = 16, width: int = 32) -> np.ndarray:
    image = np.full((height, width, 3), 255, np.uint8)
    image[:, : width // 2] = RED
    return image


def encoded(suffix: str, image: np.ndarray) -> bytes:
    ok, data = cv2.imencode(suffix, image)
    assert ok
    return data.tobytes()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and is otherwise whole."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    ihdr = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", ihdr)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def assert_near(pixel: np.ndarray, colour: tuple[int, int, int]) -> None:
    np.testing.assert_allclose(pixel, colour, atol=6)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".bmp", ".ppm", ".jpg"])
def test_colours_arrive_as_bgr_from_every_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"page{suffix}"
    path.write_bytes(encoded(suffix, half_red()))
    image = read_image(path)
    assert image.shape == (16, 32, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    if suffix != ".webp":  # lossy by default
        assert_near(image[8, 4], RED)
    assert_near(image[8, 28], WHITE)


@pytest.mark.parametrize("name", ["cmyk.jpg", "animated.webp"])
def test_cmyk_and_the_first_picture_of_an_animation_are_read(name: str) -> None:
    image = read_image(ASSETS / name)
    assert image.shape == (16, 32, 3)
    assert_near(image[8, 4], RED)
    assert_near(image[8, 28], WHITE)


@pytest.mark.parametrize("name", ["rotated.jpg", "rotated.png"])
def test_exif_orientation_turns_the_picture_upright(name: str) -> None:
    image = read_image(ASSETS / name)
    assert image.shape == (32, 16, 3)
    assert_near(image[4, 8], RED)
    assert_near(image[28, 8], WHITE)


def test_transparent_becomes_white_paper(tmp_path: Path) -> None:
    # black ink on nothing: without the alpha channel this is a black picture
    image = np.zeros((8, 8, 4), np.uint8)
    image[2, :, 3] = 255
    image[5, :, 3] = 128
    path = tmp_path / "ink.png"
    path.write_bytes(encoded(".png", image))
    read = read_image(path)
    assert_near(read[0, 0], WHITE)
    assert_near(read[2, 0], (0, 0, 0))
    assert_near(read[5, 0], (127, 127, 127))
    assert_near(read_image(ASSETS / "alpha.webp")[8, 28], WHITE)


def test_grey_becomes_three_equal_channels(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    path.write_bytes(encoded(".png", np.arange(64, dtype=np.uint8).reshape(8, 8)))
    image = read_image(path)
    assert image.shape == (8, 8, 3)
    assert (image[:, :, 0] == np.arange(64).reshape(8, 8)).all()


@pytest.mark.parametrize(("suffix", "bits"), [(".png", 16), (".png", 12), (".tif", 16)])
def test_more_than_8_bits_are_brought_to_8(tmp_path: Path, suffix: str, bits: int) -> None:
    ramp = np.linspace(0, 2**bits - 1, 64).astype(np.uint16).reshape(8, 8)
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(encoded(suffix, ramp))
    image = read_image(path)
    assert image.dtype == np.uint8
    assert image.min() == 0
    assert image.max() == 255


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"Dear diary, this is a text file named like a picture.\n" * 20, "is not an image"),
        (b"\xff\xd8", "is not an image"),
        (b"%PDF-1.7\n" + b"x" * 100, "is a PDF"),
        (b"\0\0\0\x18ftypheic" + b"x" * 100, "HEIC"),
        (png_header(0, 0), "has no pixels (0 × 0)"),
        (png_header(20_000, 20_000), "20000 × 20000 px (400 megapixels)"),
        (png_header(600, 600), "is damaged"),
        (encoded(".jpg", half_red(100, 200))[:-200], "is cut short"),
        (encoded(".png", half_red(100, 200))[:-30], "is cut short"),
        (encoded(".webp", half_red(100, 200))[:-30], "is cut short"),
        (encoded(".bmp", half_red(100, 200))[:-30], "is cut short"),
        (encoded(".ppm", half_red(100, 200))[:-30], "is cut short"),
        (encoded(".tif", half_red(100, 200))[:-30], "TIFF"),
        (b"\xff\xd8\xff\xe0\0\4ab" + b"text" * 50, "is not an image"),
    ],
    ids=lambda value: value.split()[-1] if isinstance(value, str) else "",
)
def test_bad_content_is_named_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(content)
    with pytest.raises(ImageError) as caught:
        read_image(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert sentence in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".tif"])
def test_no_cut_of_a_file_is_taken_for_a_whole_one(tmp_path: Path, suffix: str) -> None:
    data = encoded(suffix, half_red(40, 60))
    path = tmp_path / "page"
    for length in range(1, len(data) - 8, max(1, len(data) // 20)):
        path.write_bytes(data[:length])
        with pytest.raises(ImageError):
            read_image(path)


SCAN = ASSETS.parent / "perception" / "page.jpg"


def spoilt_tiff() -> bytes:
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    data = encoded(".tif", cv2.GaussianBlur(noise, (0, 0), 3))
    return data[:30] + bytes(range(7, 247, 8)) + data[60:]


def spoilt_png() -> bytes:
    data = encoded(".png", np.random.default_rng(0).integers(0, 255, (100, 200), np.uint8))
    return data[:9000] + b"Dear diary" + data[9010:]


@pytest.mark.parametrize(
    "content",
    [
        # the end marker is there, what it ends is not
        SCAN.read_bytes()[:12_000] + SCAN.read_bytes()[-2:],
        SCAN.read_bytes()[:8000] + bytes(range(200)) * 2 + SCAN.read_bytes()[8400:],
        spoilt_png(),
        encoded(".png", half_red(100, 200))[:40] + encoded(".png", half_red(100, 200))[60:-12] + b"x" * 12,
        encoded(".bmp", half_red(100, 200))[:28] + b"\xff" * 20 + encoded(".bmp", half_red(100, 200))[48:],
        b"P5\n100 100\n70000\n" + bytes(10_000),
    ],
    ids=["cut jpeg", "jpeg", "png", "chunks", "bmp", "pgm"],
)
def test_damage_inside_is_told_in_our_sentence_alone(
    tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page"
    path.write_bytes(content)
    with pytest.raises(ImageError, match=re.escape(str(path))):
        read_image(path)
    assert capfd.readouterr() == ("", "")


def test_what_a_tiff_reader_complains_about_is_not_taken_for_a_picture(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.tif"
    path.write_bytes(spoilt_tiff())
    # older releases of OpenCV do not tell, and give what they could decode
    with contextlib.suppress(ImageError):
        read_image(path)
    assert capfd.readouterr() == ("", "")


def test_a_jpeg_with_left_over_data_is_read_and_the_doubt_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.jpg"
    data = SCAN.read_bytes()
    path.write_bytes(data[:-2] + b"left over" + data[-2:])
    told: list[str] = []
    assert (read_image(path, told.append) == read_image(SCAN)).all()
    (sentence,) = told
    assert sentence.startswith(f"{path} may be damaged")
    assert capfd.readouterr() == ("", "")


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"nothing\.png does not exist"):
        read_image(tmp_path / "nothing.png")
    with pytest.raises(ImageError, match="is a folder, not an image"):
        read_image(tmp_path)
    with pytest.raises(ImageError, match="cannot be read"):
        read_image(Path("zero\0byte.png"))


def test_a_gif_says_what_to_do() -> None:
    with pytest.raises(ImageError, match="is a GIF"):
        read_image(ASSETS / "animated.gif")


def test_folder_lists_page_2_before_page_10(tmp_path: Path) -> None:
    for name in ["page10.png", "page2.PNG", "Page1.jpg", ".hidden.png", "notes.txt", "3.tif"]:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.png").mkdir()
    assert [p.name for p in list_images(tmp_path)] == ["3.tif", "Page1.jpg", "page2.PNG", "page10.png"]


def test_folder_errors_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        list_images(tmp_path / "none")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SourceError, match="is not a folder"):
        list_images(tmp_path / "file")
    with pytest.raises(SourceError, match="has no image in it"):
        FolderSource(tmp_path)


def test_image_source_gives_one_frame_then_the_end(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(encoded(".png", half_red()))
    source = ImageSource(path, clock=lambda: 7)
    frame = source.read()
    assert frame is not None
    assert (frame.index, frame.t_ns, frame.source) == (0, 7, str(path))
    assert source.read() is None
    source.close()
    source.close()
    assert source.stills
    assert not source.live


def test_folder_source_goes_on_behind_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(encoded(".png", half_red()))
    (tmp_path / "2.png").write_bytes(b"text")
    (tmp_path / "3.png").write_bytes(encoded(".png", half_red()))
    source = FolderSource(tmp_path)
    first = source.read()
    with pytest.raises(ImageError, match=r"2\.png"):
        source.read()
    third = source.read()
    assert first is not None
    assert third is not None
    assert (first.index, third.index) == (0, 2)
    assert source.read() is None
