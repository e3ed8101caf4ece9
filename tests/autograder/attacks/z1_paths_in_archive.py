"""Let an archive write outside its folder: ../, absolute paths, links."""

import io
import tarfile
import zipfile
from pathlib import Path

from tests.autograder.attacking import Attack


def archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "eve.zip", "w") as made:
        for name in ("../escaped.txt", f"{folder}/escaped.txt", "a/../../../escaped.txt"):
            made.writestr(name, "x")
    with tarfile.open(folder / "eve.tar.gz", "w:gz") as made:
        link = tarfile.TarInfo("out")
        link.type, link.linkname = tarfile.SYMTYPE, str(folder)
        made.addfile(link)
        through = tarfile.TarInfo("out/escaped.txt")
        through.size = 1
        made.addfile(through, io.BytesIO(b"x"))
    return folder


ATTACK = Attack(plain="blocked", here="nothing is written outside", archive=archive)
