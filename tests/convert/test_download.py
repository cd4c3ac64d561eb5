import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from convert.datasets import download
from convert.datasets.download import ORIGINALS, DownloadError, fetch, get, unpack

BODY = bytes(range(256)) * 4000


class Server(ThreadingHTTPServer):
    ranges: list[str | None]
    cut_at: int | None
    honours_ranges: bool


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        if self.path != "/set.zip":
            self.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.honours_ranges else 0
        if start >= len(BODY):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(BODY) - start))
        self.end_headers()
        self.wfile.write(BODY[start : self.server.cut_at])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.ranges, running.cut_at, running.honours_ranges = [], None, True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def url(server: Server, path: str = "/set.zip") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_broken_download_leaves_no_file_and_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    server.cut_at = 300_000
    with pytest.raises(DownloadError, match="again to go on"):
        fetch(url(server), tmp_path / "set.zip")
    assert not (tmp_path / "set.zip").exists()
    server.cut_at = None
    fetch(url(server), tmp_path / "set.zip")
    assert server.ranges == [None, "bytes=300000-"]
    assert (tmp_path / "set.zip").read_bytes() == BODY
    assert [p.name for p in tmp_path.iterdir()] == ["set.zip"]


def test_server_without_ranges_sends_it_all_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "set.zip.part").write_bytes(b"old" * 100)
    server.honours_ranges = False
    fetch(url(server), tmp_path / "set.zip")
    assert (tmp_path / "set.zip").read_bytes() == BODY


def test_part_that_is_already_whole_is_taken(server: Server, tmp_path: Path) -> None:
    (tmp_path / "set.zip.part").write_bytes(BODY)
    fetch(url(server), tmp_path / "set.zip")
    assert (tmp_path / "set.zip").read_bytes() == BODY


def test_missing_file_and_dead_server_are_named(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="answers 404"):
        fetch(url(server, "/gone.zip"), tmp_path / "set.zip")
    with pytest.raises(DownloadError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/set.zip", tmp_path / "set.zip")
    assert not (tmp_path / "set.zip").exists()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "web" / "set.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("Set-main/data.csv", "file_name,text,writer_id\n")
    return path


def test_unknown_checksum_is_printed_to_be_pinned(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = replace(ORIGINALS[2], url=archive.as_uri())
    folder = get(original, tmp_path / "cache")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in capsys.readouterr().out
    assert (folder / "Set-main" / "data.csv").is_file()


def test_wrong_checksum_is_refused_before_unpacking(archive: Path, tmp_path: Path) -> None:
    original = replace(ORIGINALS[2], url=archive.as_uri(), sha256="0" * 64)
    with pytest.raises(DownloadError, match="delete it and fetch it again"):
        get(original, tmp_path / "cache")
    assert not (tmp_path / "cache" / original.name).exists()


def test_second_run_fetches_nothing(archive: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    original = replace(ORIGINALS[2], url=archive.as_uri(), sha256=digest)
    get(original, tmp_path / "cache")
    archive.unlink()
    assert (get(original, tmp_path / "cache") / "Set-main" / "data.csv").is_file()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:/evil"])
def test_member_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    as_zip, as_tar = tmp_path / "a.zip", tmp_path / "a.tar"
    with zipfile.ZipFile(as_zip, "w") as pack:
        pack.writestr(name, "x")
    with tarfile.open(as_tar, "w") as pack:
        pack.addfile(member := tarfile.TarInfo(name), io.BytesIO(b"x" * member.size))
    for archive in (as_zip, as_tar):
        with pytest.raises(DownloadError, match="refused"):
            unpack(archive, tmp_path / "inside" / "out")
    assert not list(tmp_path.rglob("evil"))
    assert not (tmp_path / "inside" / "out").exists()


def test_links_are_left_out(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as pack:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        pack.addfile(link)
        through = tarfile.TarInfo("link/passwd")
        through.size = 1
        pack.addfile(through, io.BytesIO(b"x"))
    unpack(tmp_path / "a.tar", tmp_path / "out")
    assert (tmp_path / "out" / "link" / "passwd").read_bytes() == b"x"


def test_archive_inside_the_archive_is_unpacked_beside_it(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as pack:
        member = tarfile.TarInfo("CDROM/data/a.dat")
        member.size = 3
        pack.addfile(member, io.BytesIO(b"abc"))
    with zipfile.ZipFile(tmp_path / "record.zip", "w") as pack:
        pack.writestr("train.tar.gz", inner.getvalue())
    unpack(tmp_path / "record.zip", tmp_path / "out")
    assert [p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")] == [
        "CDROM/data/a.dat"
    ]


def test_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_MAX_UNPACKED", 1000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("zeros", bytes(5000))
    with pytest.raises(DownloadError, match="refused"):
        unpack(tmp_path / "a.zip", tmp_path / "out")


def test_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"<html>not found</html>")
    with pytest.raises(DownloadError, match="neither a zip nor a tar"):
        unpack(tmp_path / "a.zip", tmp_path / "out")


def test_list_names_licence_and_home_of_every_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert download.main(["--list"]) == 0
    said = capsys.readouterr().out
    for original in ORIGINALS:
        assert original.home in said
        assert original.licence in said
