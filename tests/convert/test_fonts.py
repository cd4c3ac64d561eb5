import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")
pytest.importorskip("brotli")
fontbuilder = pytest.importorskip("fontTools.fontBuilder")
pen = pytest.importorskip("fontTools.pens.ttGlyphPen")

from convert import fetch_fonts  # noqa: E402
from convert.digits.printed import printed  # noqa: E402
from convert.digits.samples import CHARACTERS  # noqa: E402
from convert.fetch_fonts import choose, read_list, unpack  # noqa: E402
from convert.fonts import FontError, FontLines, drawable, read_table, split_of, write_table  # noqa: E402

OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def glyph(seed: int) -> object:
    """Bars whose heights spell a number, so that no two glyphs look alike."""
    drawing = pen.TTGlyphPen(None)
    # a small letter is the negative of its capital, whose code has bit 5 unset
    shape = seed ^ 0xFF if seed & 0x20 else seed
    for bar in range(8):
        left, top = 50 + bar * 60, 700 if shape >> bar & 1 else 80
        drawing.moveTo((left, 0))
        for point in ((left, top), (left + 50, top), (left + 50, 0)):
            drawing.lineTo(point)
        drawing.closePath()
    return drawing.glyph()


def font_bytes(chars: str, *, unicase: bool = False) -> bytes:
    """A woff2 font with a glyph of bars for each character, an empty one for the last of `chars`."""
    names = {c: f"u{ord(c):04X}" for c in chars}
    builder = fontbuilder.FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(c): name for c, name in names.items()})
    glyphs = {name: glyph(ord(c.upper() if unicase else c)) for c, name in names.items()}
    glyphs |= {".notdef": pen.TTGlyphPen(None).glyph(), names[chars[-1]]: pen.TTGlyphPen(None).glyph()}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = "woff2"
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


LETTERS = "aegrdbnqAEGRDBNQ ?"


def tarball(
    folder: Path, name: str, *, family: str, licence: str = OFL, category: str = "handwriting", **font
) -> Path:
    files = {
        "LICENSE": licence.encode(),
        "metadata.json": json.dumps(
            {"id": name, "family": family, "weights": [400], "category": category}
        ).encode(),
        "package.json": json.dumps({"version": "5.3.0"}).encode(),
        f"files/{name}-latin-400-normal.woff2": font_bytes(LETTERS, **font),
    }
    path = folder / f"fontsource-{name}-5.3.0.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for file, data in files.items():
            member = tarfile.TarInfo(f"package/{file}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A folder of two families on different sides."""
    rows = []
    for name, family in (("bars", "Bars"), ("caveat", "Cedarville Cursive")):
        _, found = unpack(tarball(tmp_path, name, family=family), f"@fontsource/{name}", tmp_path)
        rows += found
    write_table(rows, tmp_path / "pen")
    return tmp_path / "pen"


def test_line_is_dark_on_white_and_the_same_for_the_same_seed(fonts: Path) -> None:
    lines = FontLines(fonts, "train")
    image = lines.sample(np.random.default_rng(3), "bad gear")
    assert image is not None
    assert image.dtype == np.uint8
    assert image.ndim == 2
    assert (image.min(), image.max()) == (0, 255)
    assert image[0].min() == image[-1].min() == image[:, 0].min() == 255
    again = FontLines(fonts, "train").sample(np.random.default_rng(3), "bad gear")
    assert np.array_equal(image, again)


def test_text_with_a_glyph_the_fonts_lack_is_not_drawn(fonts: Path) -> None:
    lines = FontLines(fonts, "train")
    rng = np.random.default_rng(0)
    assert lines.sample(rng, "zebra") is None
    assert lines.sample(rng, "bad?") is None, "the font has a glyph for ? but no ink in it"
    assert lines.sample(rng, "  ") is None


def test_the_digit_reader_learns_from_characters_of_training_fonts(fonts: Path) -> None:
    drawn = list(printed(fonts.parent, np.random.default_rng(0)))
    assert {CHARACTERS[label] for _, label in drawn} == set(LETTERS[:-2]), "what the font has ink for"
    assert all(image.dtype == np.uint8 and image.max() > 200 for image, _ in drawn)
    same = [image for image, label in drawn if CHARACTERS[label] == "a"]
    assert len(same) > 1
    assert not np.array_equal(same[0], same[1]), "each is bent otherwise"


def test_families_of_one_name_are_on_one_side(fonts: Path) -> None:
    assert split_of("Caveat") == split_of("Caveat Brush")
    assert FontLines(fonts, "train").families == ["Bars"]
    assert FontLines(fonts, "val").families == ["Cedarville Cursive"]


def test_about_one_family_in_eight_is_held_out() -> None:
    held_out = sum(split_of(f"Family{i}") == "val" for i in range(1000))
    assert 90 < held_out < 160


def test_capitals_drawn_as_small_letters_are_not_taken_for_them(tmp_path: Path) -> None:
    unpack(tarball(tmp_path, "caps", family="Caps", unicase=True), "@fontsource/caps", tmp_path)
    chars = drawable(tmp_path / "pen" / "caps-400.ttf")
    assert set("AEGRDBNQ") <= chars
    assert not set("aegrdbnq") & chars


def test_package_without_a_known_licence_is_refused(tmp_path: Path) -> None:
    packed = tarball(tmp_path, "bars", family="Bars", licence="All rights reserved.")
    with pytest.raises(FontError, match="@fontsource/bars has a licence"):
        unpack(packed, "@fontsource/bars", tmp_path)
    assert not (tmp_path / "pen").exists()


def test_fetched_fonts_are_listed_with_package_and_licence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packages = tmp_path / "fonts-packages"  # what was fetched before is not fetched again
    packages.mkdir()
    tarball(packages, "bars", family="Bars")
    tarball(packages, "serif", family="Serif", category="serif")
    tarball(packages, "closed", family="Closed", licence="All rights reserved.")
    names = tmp_path / "list.txt"
    names.write_text("# two good ones\n@fontsource/bars\n@fontsource/serif\n\n@fontsource/closed\n")
    assert fetch_fonts.main(["--list", str(names), "--folder", str(tmp_path / "fonts")]) == 1
    assert "Left out: @fontsource/closed" in capsys.readouterr().out
    (row,) = read_table(tmp_path / "fonts" / "pen")
    assert (row.file, row.family, row.package) == ("bars-400.ttf", "Bars", "@fontsource/bars")
    assert (row.version, row.licence) == ("5.3.0", "OFL-1.1")
    assert [r.family for r in read_table(tmp_path / "fonts" / "print")] == ["Serif"]


def test_list_takes_only_fontsource_packages(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("@fontsource/kalam\nleft-pad\n")
    with pytest.raises(FontError, match="left-pad"):
        read_list(tmp_path / "list.txt")


def test_limit_takes_one_of_each_group_of_sisters_first() -> None:
    names = [f"@fontsource/{n}" for n in ("edu-a", "edu-b", "edu-c", "kalam", "playwrite-x", "playwrite-y")]
    assert choose(names, 3) == ["@fontsource/edu-a", "@fontsource/kalam", "@fontsource/playwrite-x"]
    assert choose(names, 4)[3] == "@fontsource/edu-b"
    assert choose(names, None) == names


def test_folder_without_fonts_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="convert fonts"):
        FontLines(tmp_path, "train")
