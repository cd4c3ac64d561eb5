"""What the core says when something is wrong, in the language of the interface.

The core has no Qt and speaks English, in sentences made from what went wrong where. Here they are known by
their form, with the names and numbers in them, and said again in the window's language; one that is not known
stays as it is.
"""

import re
from functools import lru_cache

from camera_ocr.gui.i18n import mark, tr

SENTENCES = (
    mark("No source was named; give a camera, a file, a folder, an address, or demo."),
    mark("{name} does not exist; check the name, or see `camera-ocr cameras`."),
    mark("No camera was found; plug one in, or choose a file or the demo."),
    mark("{name} is empty (0 bytes); copy it again from where it came from."),
    mark("{name} is cut short (its {kind} data ends too early); copy it again."),
    mark("{name} has no pixels ({width} × {height}); save the picture again."),
    mark(
        "{name} is {width} × {height} px ({megapixels} megapixels) and at most {most} can be read;"
        " scale it down or cut it into parts first."
    ),
    mark("{name} is damaged or a kind of {kind} that cannot be read; save it as PNG."),
    mark("{name} is damaged (parts of its {kind} data are wrong); copy it again from where it came from."),
    mark("{name} cannot be read ({reason})."),
    mark("{name} does not exist; check the name of the folder."),
    mark("{name} is not a folder; give the folder that holds the images."),
    mark("{name} cannot be read ({reason}); check its permissions."),
    mark("{name} has no image in it ({known}); choose another folder."),
    mark("{name} is a folder, not an image; give the name of an image in it."),
    mark("{name} is a device, not an image; give the name of an image file."),
    mark("{name} does not exist; check the name."),
    mark("{name} may not be read; check the permissions of the file."),
    mark("{name} is more than {most} MB, which is too much to read; save it as JPEG."),
    mark("{name} is a PDF, not an image; export its pages as PNG or JPEG first."),
    mark("{name} is a HEIC or AVIF photo, which cannot be read; save it as JPEG first."),
    mark("{name} is a GIF, which cannot be read; save it as PNG first."),
    mark("{name} is not an image that can be read; give one of {known}."),
    mark("{name} {what}; it is tried again until it is back."),
    mark("gave the same frame for {seconds} s"),
    mark("gave no new frame for {seconds} s"),
    mark("it is not there"),
    mark("{name} is gone; plug it in again, it will be picked up by itself."),
    mark("{name} is a folder, not a video."),
    mark("There is no camera at {device}; plug it in, or choose another source."),
    mark("{name} ({device}) may not be used by you; run `sudo usermod -aG video $USER` and log in again."),
    mark("{name} ({device}) cannot be opened; close the program that is using it."),
    mark("{name} gives no video; check the address, and that the camera is on."),
    mark("{name} is damaged or not a video that can be played; save it as MP4 (H.264)."),
    mark("{name} has no frame that can be decoded; it is damaged or cut short."),
    mark("There is no Raspberry Pi camera; check its cable, and try `rpicam-hello`."),
    mark(
        "Picamera2 is not installed; run `sudo apt install python3-picamera2` and make the"
        " venv with --system-site-packages."
    ),
    mark("The Raspberry Pi camera cannot be opened ({reason}); close the program that uses it."),
    mark("The camera does not change its {what}, although it says that it can."),
    mark("The camera refuses to change its {what} ({reason})."),
    mark("exposure"),
    mark("focus"),
    mark("The camera does not answer."),
    mark("There is no picture to hold yet; wait until the camera shows one."),
    mark("There is no text reader that could read this."),
    mark("{name} is not a file that can be replaced; choose another name."),
    mark("{name} could not be written: {reason}."),
    mark("the disk is full; free some space, or choose another disk"),
    mark("your share of the disk is used up; free some space, or choose another disk"),
    mark("this disk can only be read; choose another one"),
    mark("you may not write in that folder; choose another one"),
    mark("there is no such folder; choose another one"),
    mark("the name is too long; choose a shorter one"),
    mark("The picture cannot be kept in the history."),
    mark("This page is not in the history any more."),
    mark("The picture of this page is damaged."),
    mark("The history cannot be kept in {path}: {reason}."),
    mark("The history {path} was written by a newer version of Camera OCR."),
    mark("The lines of this page are damaged ({reason})."),
    mark("The history {path} could not be opened: {reason}."),
    mark("The history {path} could not be read: {reason}."),
    mark("The history {path} could not be written: {reason}."),
    mark("the disk is full"),
    mark("The history {path} is damaged ({reason})."),
    mark("The damaged history {path} cannot be set aside: {reason}."),
    mark("The history was damaged; it is set aside as {path}, and a new one is begun."),
    mark("{path} is damaged; move it away to begin anew."),
    mark("{path} could not be deleted: {reason}."),
    mark("{path} or its text is damaged; delete it."),
    mark("{path}: the {what} is missing; {do}"),
    mark("{path}: the file is not the one its card describes (sha256 differs); {do}"),
    mark("{path}: no such file; {do}"),
    mark("{path}: the model's card is damaged ({reason}); {do}"),
    mark("reinstall Camera OCR, or export the model again with `python -m convert export`"),
    mark("no TFLite runtime is installed; run `pip install ai-edge-litert`"),
    mark("{path}: a model for {task}, not for lines; choose a line reader"),
    mark("The word list {path} does not exist; check the name."),
    mark("The word list {path} cannot be read: {reason}."),
    mark("The word list {path} has more than {most} MB; give a list of words, not a text."),
    mark("The word list {path} is not text in UTF-8; save it as that, one word a line."),
    mark("The word list {path} has no word in it; write one a line."),
)


def said(what: str | Exception) -> str:
    """A sentence of the core, or what an error has to say, for people to read."""
    sentence = str(what)
    for form, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return tr(form, **{name: said(part) for name, part in found.groupdict().items()})
    return sentence


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The forms, those that say most first: a form of few words fits many sentences."""
    forms = sorted(SENTENCES, key=lambda form: len(re.sub(r"{\w+}", "", form)), reverse=True)
    return [
        (form, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form)), re.DOTALL))
        for form in forms
    ]
