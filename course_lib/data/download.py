"""Fetching a published file once: checked, resumed after an interruption, never half-written.

The bytes go into `<name>.part`. Only when its SHA-256 is right does the file get its name, so
whatever bears that name is whole. A part that is left behind is where the next attempt goes on.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from course_lib.data.errors import DamagedData, MissingData
from course_lib.data.places import DISTRIBUTION, VARIABLE, look_for
from course_lib.data.sources import RemoteFile, Source

TRIES = 3               # per mirror, as long as each brings some more bytes
CHUNK = 16 * 1024       # bytes; a broken connection loses less than one
TIMEOUT = (10, 30)      # seconds to connect, seconds without a byte


def cache_folder() -> Path:
    """Where downloads are kept: the cache folder of this user on this system."""
    import pooch

    return Path(pooch.os_cache(DISTRIBUTION))


def local_file(source: Source, file: RemoteFile, cache: Path | None = None) -> Path | None:
    """The file, if it is on this computer; raises DamagedData if its bytes are wrong.

    Looked for as `<source>/<name>` in COURSE_DATA, data/ of the repository, the cache.
    """
    cached = (cache or cache_folder()) / source.command / file.name
    path = look_for(f"{source.command}/{file.name}") or cached
    if not path.is_file():
        return None
    checked_file(path, file)
    return path


def checked_file(path: Path, file: RemoteFile) -> None:
    """Raise DamagedData unless `path` has the published size and SHA-256."""
    size = path.stat().st_size
    if size != file.size or _sha256(path) != file.sha256:
        raise DamagedData(
            f"{path} is damaged: expected {file.size} bytes with SHA-256 {file.sha256[:12]}..., "
            f"got {size} bytes with {_sha256(path)[:12]}... Delete it and get it again."
        )


def fetch(source: Source, file: RemoteFile, into: Path, *, show: bool = True) -> Path:
    """Download one file of `source` to `into/<name>`; returns its path.

    Asks the mirrors one after the other. show: a progress bar. Raises DamagedData if a mirror
    answered, and none with the right bytes; MissingData if no mirror could be reached.
    """
    part = into / f"{file.name}.part"
    reasons, damaged = [], False
    for mirror in source.mirrors:
        for _ in range(TRIES):
            before = _size(part)
            try:
                return _retrieve(mirror + file.name, file, into, part, show)
            except OSError as error:
                reason, go_on = _first_line(error), _size(part) > before
            except ValueError:  # pooch: the sum is wrong; the bytes are gone already
                reason, go_on, damaged = "the bytes are not the published ones", before > 0, True
            if not go_on:
                break
        reasons.append(f"{mirror}: {reason}")
    if damaged:
        raise DamagedData(
            f"{source.title}: what arrived for {file.name} is not what was published "
            f"({'; '.join(reasons)}). Nothing of it was kept. Try again later or elsewhere: "
            f"{advice(source)}"
        )
    raise MissingData(
        f"{source.title}: {file.name} could not be downloaded ({'; '.join(reasons)}). "
        f"{advice(source)}"
    )


def advice(source: Source) -> str:
    """What to do on a computer without a network."""
    return (
        "On a computer with a network run\n"
        f"    python -m course_lib.data {source.command} --into course_data\n"
        f"then copy the folder course_data here and set {VARIABLE} to its path."
    )


def _retrieve(url: str, file: RemoteFile, into: Path, part: Path, show: bool) -> Path:
    import pooch

    into.mkdir(parents=True, exist_ok=True)
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("WARNING")  # the progress bar says it all
    try:
        path = pooch.retrieve(
            url, known_hash=f"sha256:{file.sha256}", fname=file.name, path=into,
            downloader=_Resuming(file, part, show),
        )
    finally:
        logger.setLevel(level)
    return Path(path)


class _Resuming:
    """A downloader for pooch that goes on where `part` ends."""

    def __init__(self, file: RemoteFile, part: Path, show: bool) -> None:
        self.file, self.part, self.show = file, part, show

    def __call__(self, url: str, output_file: str, pooch_: Any) -> None:
        from pooch import HTTPDownloader

        if _size(self.part) >= self.file.size:
            self.part.unlink()
        have = _size(self.part)
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        bar = _Bar(self.file, have, self.show)
        try:
            with self.part.open("ab") as out:
                HTTPDownloader(
                    progressbar=bar, chunk_size=CHUNK, headers=headers, timeout=TIMEOUT
                )(url, out, pooch_)
        finally:
            bar.close()
            if have and _size(self.part) == have + self.file.size:  # the server sent all of it
                self.part.write_bytes(self.part.read_bytes()[have:])
            if _size(self.part) == 0:
                self.part.unlink()
        if _size(self.part) < self.file.size:
            raise ConnectionError(
                f"the connection ended after {_size(self.part)} of {self.file.size} bytes"
            )
        os.replace(self.part, output_file)


class _Bar:
    """A tqdm bar that starts at what is there already; pooch gives `total` the rest only."""

    def __init__(self, file: RemoteFile, have: int, show: bool) -> None:
        from tqdm.auto import tqdm

        self.total = 0
        self.bar = tqdm(
            total=file.size, initial=have, desc=file.name, unit="B", unit_scale=True,
            disable=not show,
        )

    def update(self, size: int) -> None:
        self.bar.update(min(size, int(self.bar.total or 0) - self.bar.n))

    def reset(self) -> None:
        """pooch starts the bar anew to fill it; this one is full already."""

    def close(self) -> None:
        self.bar.close()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_line(error: OSError) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
