"""Downloads from a server on this computer: checked, resumed, and nothing half-written."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.data import DamagedData, MissingData, __main__, download, sources
from course_lib.data.download import CHUNK
from course_lib.data.sources import RemoteFile, Source

CONTENT = np.random.default_rng(0).bytes(200_000)
FILE = RemoteFile("bytes.gz", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


class Server:
    """What a mirror sends, and what it was asked. `cuts`: bytes until each connection breaks."""

    def __init__(self, content: bytes = CONTENT, cuts: tuple[int, ...] = (), ranges: bool = True):
        self.content, self.cuts, self.ranges = content, list(cuts), ranges
        self.asked: list[str | None] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = self.headers.get("Range")
                mirror.asked.append(asked)
                if not self.path.endswith(FILE.name):
                    return self.send_error(404)
                start = int(asked[6:-1]) if asked and mirror.ranges else 0
                body = mirror.content[start:]
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: mirror.cuts.pop(0)] if mirror.cuts else body)

            def log_message(self, *words: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/"

    def source(self, *more: str) -> Source:
        return Source("letters", "Letters", (self.address, *more), (FILE,))


@pytest.fixture
def serve(monkeypatch) -> Iterator[Any]:
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    started: list[Server] = []

    def start(*arguments: Any, **options: Any) -> Server:
        started.append(Server(*arguments, **options))
        return started[-1]

    yield start
    for server in started:
        server.http.shutdown()
        server.http.server_close()


def fetch(source: Source, into: Path) -> Path:
    return download.fetch(source, FILE, into, show=False)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def closed_port() -> str:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}/"


def test_a_file_is_downloaded_whole_and_found_again(serve, tmp_path) -> None:
    server = serve()
    source = server.source()
    assert download.local_file(source, FILE, tmp_path) is None
    path = fetch(source, tmp_path / "letters")
    assert path.read_bytes() == CONTENT
    assert names(path.parent) == [FILE.name]
    assert download.local_file(source, FILE, tmp_path) == path
    fetch(source, tmp_path / "letters")
    assert len(server.asked) == 1, "what is there already is not asked for again"


def test_a_broken_connection_goes_on_where_it_stopped(serve, tmp_path) -> None:
    server = serve(cuts=(4 * CHUNK, 3 * CHUNK))
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={4 * CHUNK}-", f"bytes={7 * CHUNK}-"]
    assert names(tmp_path) == [FILE.name]


def test_what_an_earlier_run_left_is_used(serve, tmp_path) -> None:
    server = serve(cuts=(5 * CHUNK, 0))
    with pytest.raises(MissingData):
        fetch(server.source(), tmp_path)
    assert names(tmp_path) == [f"{FILE.name}.part"]
    server.asked.clear()
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == [f"bytes={5 * CHUNK}-"]
    assert names(tmp_path) == [FILE.name]


def test_a_server_that_sends_everything_again_does_no_harm(serve, tmp_path) -> None:
    server = serve(cuts=(4 * CHUNK,), ranges=False)
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={4 * CHUNK}-"]


def test_a_wrong_beginning_is_thrown_away_and_fetched_anew(serve, tmp_path) -> None:
    (tmp_path / f"{FILE.name}.part").write_bytes(b"x" * 1000)
    server = serve()
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == ["bytes=1000-", None]


def test_a_beginning_that_is_too_long_is_thrown_away(serve, tmp_path) -> None:
    (tmp_path / f"{FILE.name}.part").write_bytes(b"x" * (len(CONTENT) + 1))
    server = serve()
    assert fetch(server.source(), tmp_path).read_bytes() == CONTENT
    assert server.asked == [None]


def test_wrong_bytes_are_not_kept(serve, tmp_path) -> None:
    server = serve(content=CONTENT[:-1] + b"?")
    with pytest.raises(DamagedData) as found:
        fetch(server.source(), tmp_path)
    assert str(found.value) == (
        f"Letters: what arrived for bytes.gz is not what was published ({server.address}: the "
        "bytes are not the published ones). Nothing of it was kept. Try again later or elsewhere: "
        f"{download.advice(server.source())}"
    )
    assert names(tmp_path) == []


def test_the_next_mirror_is_asked_when_one_is_wrong_or_gone(serve, tmp_path) -> None:
    bad, good = serve(content=b"?" * len(CONTENT)), serve()
    source = bad.source(closed_port(), good.address)
    assert fetch(source, tmp_path).read_bytes() == CONTENT
    assert len(bad.asked) == len(good.asked) == 1


def test_offline_it_says_what_to_do(serve, tmp_path) -> None:
    source = Source("letters", "Letters", (closed_port(),), (FILE,))
    with pytest.raises(MissingData) as found:
        fetch(source, tmp_path)
    start, end = str(found.value).split(" On a computer", 1)
    assert start.startswith(f"Letters: bytes.gz could not be downloaded ({source.mirrors[0]}: ")
    assert end == (
        " with a network run\n    python -m course_lib.data letters --into course_data\n"
        "then copy the folder course_data here and set COURSE_DATA to its path."
    )
    assert names(tmp_path) == []


def test_a_missing_page_is_a_reason(serve, tmp_path) -> None:
    server = serve()
    source = Source("letters", "Letters", (f"{server.address}no/?",), (FILE,))
    other = RemoteFile("other.gz", 3, "00")
    with pytest.raises(MissingData, match=r"404 Client Error"):
        download.fetch(source, other, tmp_path, show=False)
    assert names(tmp_path) == []


def test_a_short_file_without_a_broken_connection_is_seen(serve, tmp_path) -> None:
    server = serve(content=CONTENT[:1000])
    with pytest.raises(MissingData, match=r"the connection ended after 1000 of 200000 bytes|416"):
        fetch(server.source(), tmp_path)
    assert FILE.name not in names(tmp_path)


def test_the_bar_starts_where_the_last_run_stopped(serve, tmp_path, capfd) -> None:
    (tmp_path / f"{FILE.name}.part").write_bytes(CONTENT[:150_000])
    download.fetch(serve().source(), FILE, tmp_path, show=True)
    shown = capfd.readouterr().err
    assert "bytes.gz:  75%" in shown
    assert "150k/200k" in shown
    assert "100%" in shown
    assert "200k/200k" in shown


def test_a_damaged_file_in_the_cache_is_seen(serve, tmp_path) -> None:
    path = tmp_path / "letters" / FILE.name
    path.parent.mkdir()
    path.write_bytes(b"half")
    with pytest.raises(DamagedData) as found:
        download.local_file(serve().source(), FILE, tmp_path)
    assert str(found.value) == (
        f"{path} is damaged: expected 200000 bytes with SHA-256 {FILE.sha256[:12]}..., got 4 bytes "
        f"with {hashlib.sha256(b'half').hexdigest()[:12]}... Delete it and get it again."
    )


def test_one_wrong_byte_in_a_file_of_the_right_size_is_seen(serve, tmp_path) -> None:
    path = fetch(serve().source(), tmp_path / "letters")
    path.write_bytes(CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
    with pytest.raises(DamagedData, match="got 200000 bytes with"):
        download.local_file(serve().source(), FILE, tmp_path)


# ---- python -m course_lib.data -----------------------------------------------------------------


def test_the_command_fills_a_folder_that_course_data_can_name(
    serve, tmp_path, monkeypatch, capsys
) -> None:
    source = serve().source()
    monkeypatch.setitem(sources.SOURCES, "letters", source)
    assert __main__.main(["letters", "--into", str(tmp_path), "--quiet"]) == 0
    assert __main__.main(["letters", "--into", str(tmp_path), "--quiet"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"Letters is in {tmp_path}. On the other computer, set COURSE_DATA to its path."
    )
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert download.local_file(source, FILE, tmp_path / "elsewhere") == (
        tmp_path / "letters" / FILE.name
    )


def test_the_command_fills_the_cache(serve, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(__main__, "cache_folder", lambda: tmp_path)
    monkeypatch.setitem(sources.SOURCES, "letters", serve().source())
    assert __main__.main(["letters", "--quiet"]) == 0
    assert __main__.main(["letters", "--quiet"]) == 0
    assert capsys.readouterr().out == "Letters is on this computer.\n" * 2
    assert (tmp_path / "letters" / FILE.name).read_bytes() == CONTENT


def test_the_command_fails_with_a_sentence(serve, tmp_path, monkeypatch, capsys) -> None:
    source = Source("letters", "Letters", (closed_port(),), (FILE,))
    monkeypatch.setitem(sources.SOURCES, "letters", source)
    assert __main__.main(["letters", "--into", str(tmp_path), "--quiet"]) == 1
    assert capsys.readouterr().err.startswith("Letters: bytes.gz could not be downloaded")


def test_the_cache_is_the_users(monkeypatch) -> None:
    assert download.cache_folder().name == "cnn-from-scratch-course"


def test_addresses_are_folders_and_sums_are_whole() -> None:
    assert set(sources.SOURCES) == {"mnist", "fashion_mnist", "cifar10"}
    for source in sources.SOURCES.values():
        assert all(mirror.endswith("/") for mirror in source.mirrors)
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in source.files)
        assert not any("python" in file.name for file in source.files), "those are pickles"
