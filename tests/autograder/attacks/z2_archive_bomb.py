"""Hand in an archive of half a megabyte that unpacks to 500."""

import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from tests.autograder.attacking import Attack


def archive(folder: Path) -> Path:
    zeros = bytes(60_000_000)
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", zeros)
    with zipfile.ZipFile(folder / "eve.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", zeros)
        for number in range(8):
            made.writestr(f"{number}.zip", inner.getvalue())
    with tarfile.open(folder / "eve.tar.gz", "w:gz") as made:
        info = tarfile.TarInfo("zeros")
        info.size = len(zeros)
        made.addfile(info, BytesIO(zeros))
    return folder


ATTACK = Attack(
    plain="extracted in full", here="stopped at a multiple of its size; nothing of it is kept",
    archive=archive,
)
