"""What an image file says about itself, read from its first bytes before anything is decoded.

A decoder allocates what the header asks for, so the size is judged here first; and decoders fill what is
missing from a truncated file with grey, so whether the file is whole is judged here too.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """Format and size of an encoded image."""

    format: str
    """JPEG, PNG, TIFF, WebP, BMP or PNM."""
    width: int
    """px as stored, before any EXIF rotation; 0 is possible in a bad file."""
    height: int
    alpha: bool = False
    """A transparency channel is stored."""
    complete: bool = True
    """False when the end of the picture is missing."""


def read_header(data: bytes) -> ImageHeader | None:
    """The header of an encoded image; None when it is none of the known formats or too short to tell."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(data)
        if data[:4] in (b"II*\0", b"MM\0*"):
            return _tiff(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        if data.startswith(b"BM"):
            return _bmp(data)
        if data[:1] == b"P" and data[1:2] in b"123456" and data[2:3].isspace():
            return _pnm(data)
    except (struct.error, IndexError, ValueError):
        return None
    return None


def _jpeg(data: bytes) -> ImageHeader:
    size = (0, 0)
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == 0xDA:
            # inside a scan 0xFF is followed by 0 or a restart, so what looks like the end marker is it
            return ImageHeader("JPEG", *size, complete=data.find(b"\xff\xd9", at) >= 0)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return ImageHeader("JPEG", *size, complete=False)


def _png(data: bytes) -> ImageHeader:
    width, height, _depth, colour = struct.unpack_from(">IIBB", data, 16)
    alpha = colour in (4, 6)
    complete = False
    for kind in _png_chunks(data):
        alpha = alpha or kind == b"tRNS"
        complete = kind == b"IEND"
    return ImageHeader("PNG", width, height, alpha, complete)


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Kinds of the chunks that are there from end to end."""
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        at += 12 + length
        if at > len(data):
            return
        yield data[at - 8 - length : at - 4 - length]


def _tiff(data: bytes) -> ImageHeader:
    order = "<" if data[:2] == b"II" else ">"
    (offset,) = struct.unpack_from(order + "I", data, 4)
    if offset + 2 > len(data):
        # writers often put the directory last, so a cut file has lost it
        return ImageHeader("TIFF", 1, 1, complete=False)
    (count,) = struct.unpack_from(order + "H", data, offset)
    values = {}
    for i in range(count):
        tag, kind, n = struct.unpack_from(order + "HHI", data, offset + 2 + 12 * i)
        if n == 1 and kind in (3, 4):
            code = "H" if kind == 3 else "I"
            values[tag] = int(struct.unpack_from(order + code, data, offset + 10 + 12 * i)[0])
    samples, photometric = values.get(277, 1), values.get(262, 1)
    alpha = (photometric in (0, 1) and samples == 2) or (photometric == 2 and samples == 4)
    return ImageHeader("TIFF", values.get(256, 0), values.get(257, 0), alpha)


def _webp(data: bytes) -> ImageHeader:
    (length,) = struct.unpack_from("<I", data, 4)
    complete = len(data) >= 8 + length
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (1 + int.from_bytes(data[i : i + 3], "little") for i in (24, 27))
        return ImageHeader("WebP", width, height, bool(data[20] & 0x10), complete)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return ImageHeader(
            "WebP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), bool(bits >> 28 & 1), complete
        )
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return ImageHeader("WebP", width & 0x3FFF, height & 0x3FFF, False, complete)
    raise ValueError("unknown WebP chunk")


def _bmp(data: bytes) -> ImageHeader:
    (length,) = struct.unpack_from("<I", data, 2)
    (kind,) = struct.unpack_from("<I", data, 14)
    width, height = struct.unpack_from("<HH" if kind == 12 else "<ii", data, 18)
    # some writers leave the length 0; a negative height means that the rows run downwards
    return ImageHeader("BMP", abs(width), abs(height), complete=len(data) >= length)


def _pnm(data: bytes) -> ImageHeader:
    words: list[int] = []
    at = 2
    while len(words) < 2:
        while data[at : at + 1].isspace():
            at += 1
        if data[at] == ord("#"):
            at = data.index(b"\n", at)
            continue
        end = at
        while data[end : end + 1].isdigit():
            end += 1
        words.append(int(data[at:end]))
        at = end
    width, height = words
    bits = {ord("4"): 1, ord("5"): 8, ord("6"): 24}.get(data[1], 0)
    return ImageHeader("PNM", width, height, complete=len(data) >= at + width * bits // 8 * height)
