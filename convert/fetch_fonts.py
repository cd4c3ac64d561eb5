"""Fetch fonts: `python -m convert fonts --list PACKAGES.txt`, a list of `@fontsource/…` packages, one a line.

Each is fetched with `npm pack`, its licence text is read, and its latin subset (ASCII, Latin-1, Œ œ) is
unpacked as .ttf. Families that a person could have written (category "handwriting") go to `pen/`, all others
to `print/`; a table in each folder names every file's family, package and licence for the model card.
"""

import argparse
import io
import json
import re
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from fontTools.ttLib import TTFont
from tqdm import tqdm

from convert.fonts import FontError, FontFile, write_table

KINDS = ("pen", "print")
_WEIGHTS = ("400", "700")
_LICENCES = {
    "OFL-1.1": re.compile(r"SIL OPEN FONT LICENSE", re.I),
    "Apache-2.0": re.compile(r"Apache License,?\s+Version 2\.0", re.I),
    "UFL-1.0": re.compile(r"UBUNTU FONT LICEN[CS]E", re.I),
}
_MAX_MEMBER_BYTES = 8_000_000
_PACKAGE = re.compile(r"@fontsource/[a-z0-9][a-z0-9-]*")


def read_list(path: Path) -> list[str]:
    """Package names, one a line, blank lines and # comments skipped; raises FontError for anything else."""
    if not path.is_file():
        raise FontError(f"{path}: no such list of packages.")
    names = [line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
    for name in filter(None, names):
        if not _PACKAGE.fullmatch(name):
            raise FontError(f"{path}: {name!r} is not the name of a @fontsource package.")
    return list(dict.fromkeys(filter(None, names)))


def choose(packages: Sequence[str], limit: int | None) -> list[str]:
    """At most `limit` packages spread over the list, one of each group of sister families before a second."""
    if limit is None or limit >= len(packages):
        return list(packages)
    groups: dict[str, list[str]] = {}
    for package in packages:
        groups.setdefault(package.rpartition("/")[2].partition("-")[0], []).append(package)
    firsts = [names[0] for names in groups.values()]
    rest = [name for names in groups.values() for name in names[1:]]
    if limit <= len(firsts):
        return [firsts[i * len(firsts) // limit] for i in range(limit)]
    return firsts + rest[: limit - len(firsts)]


def fetch(package: str, cache: Path) -> Path:
    """The package's tarball, from `cache` when it is there, else by `npm pack`; raises FontError."""
    cache.mkdir(parents=True, exist_ok=True)
    stem = package.lstrip("@").replace("/", "-")
    # a digit must follow: caveat-5.1.0.tgz is Caveat, caveat-brush-5.1.0.tgz is not
    have = sorted(cache.glob(f"{stem}-[0-9]*.tgz"))
    if have:
        return have[-1]
    command = ["npm", "pack", package, "--json", "--ignore-scripts", f"--pack-destination={cache}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    except FileNotFoundError:
        raise FontError("npm is not installed; install Node.js to fetch fonts.") from None
    except subprocess.TimeoutExpired:
        raise FontError(f"npm did not answer within 5 minutes for {package}; try again.") from None
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[0]
        raise FontError(f"npm could not fetch {package}: {reason}") from None
    return cache / str(json.loads(done.stdout)[0]["filename"])


def licence_of(text: str) -> str | None:
    """SPDX id of a licence text; None when it is none of those under which fonts may be used here."""
    return next((name for name, pattern in _LICENCES.items() if pattern.search(text)), None)


def unpack(tarball: Path, package: str, folder: Path) -> tuple[str, list[FontFile]]:
    """Write the package's upright latin fonts below `folder`/KIND and return the kind and the table's rows.

    Raises FontError when the package has no known licence or no such font.
    """
    with tarfile.open(tarball) as archive:
        members = {m.name: m for m in archive if m.isfile() and m.size <= _MAX_MEMBER_BYTES}

        def read(name: str) -> bytes:
            stream = archive.extractfile(members[name]) if name in members else None
            if stream is None:
                raise FontError(
                    f"{package} has no {name.rpartition('/')[2]} inside; leave it out of the list."
                )
            return stream.read()

        licence = licence_of(read("package/LICENSE").decode("utf-8", "replace"))
        if licence is None:
            raise FontError(
                f"{package} has a licence that is not known to allow this use; leave it out of the list."
            )
        meta = json.loads(read("package/metadata.json"))
        version = str(json.loads(read("package/package.json"))["version"])
        kind = "pen" if meta["category"] == "handwriting" else "print"
        identity = package.rpartition("/")[2]
        weights = [w for w in map(str, meta["weights"]) if w in _WEIGHTS] or [str(meta["weights"][0])]
        rows = []
        for weight in weights:
            source = f"package/files/{identity}-latin-{weight}-normal.woff2"
            if source in members:
                target = folder / kind / f"{identity}-{weight}.ttf"
                target.parent.mkdir(parents=True, exist_ok=True)
                with TTFont(io.BytesIO(read(source))) as font:
                    font.flavor = None
                    font.save(target)
                rows.append(FontFile(target.name, str(meta["family"]), package, version, licence))
    if not rows:
        raise FontError(f"{package} has no upright latin font; leave it out of the list.")
    return kind, rows


def main(argv: Sequence[str] | None = None) -> int:
    """Fetch and unpack; returns 0, or 1 when some packages could not be used (each is named)."""
    parser = argparse.ArgumentParser(
        prog="python -m convert fonts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--list", type=Path, required=True, help="file with one package name a line")
    parser.add_argument(
        "--limit", type=int, default=None, help="at most so many packages, spread over the list"
    )
    parser.add_argument("--folder", type=Path, default=Path("runs/fonts"), help="where pen/ and print/ go")
    args = parser.parse_args(argv)
    cache = args.folder.with_name(args.folder.name + "-packages")
    found: dict[str, list[FontFile]] = defaultdict(list)
    refused = []
    for package in tqdm(choose(read_list(args.list), args.limit), unit="font"):
        try:
            kind, rows = unpack(fetch(package, cache), package, args.folder)
            found[kind] += rows
        except FontError as error:
            refused.append(str(error))
    for kind, rows in found.items():
        write_table(rows, args.folder / kind)
        print(f"{args.folder / kind}: {len({r.family for r in rows})} families in {len(rows)} files")
    for reason in refused:
        print(f"Left out: {reason}")
    return 1 if refused else 0
