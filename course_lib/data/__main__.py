"""`python -m course_lib.data mnist [--into FOLDER]`: fetch a data set before it is needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.data.download import cache_folder, checked_file, fetch, local_file
from course_lib.data.errors import DamagedData, MissingData
from course_lib.data.places import VARIABLE
from course_lib.data.sources import SOURCES


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m course_lib.data", description=__doc__)
    parser.add_argument("name", choices=sorted(SOURCES), help="which data set")
    parser.add_argument("--into", type=Path, metavar="FOLDER",
                        help="a folder to carry to another computer; default: your cache")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    options = parser.parse_args(arguments)
    source = SOURCES[options.name]
    folder = options.into or cache_folder()
    try:
        for file in source.files:
            own = folder / source.command / file.name
            if options.into and own.is_file():
                checked_file(own, file)
            elif options.into or local_file(source, file, folder) is None:
                fetch(source, file, own.parent, show=not options.quiet)
    except (DamagedData, MissingData) as error:
        print(error, file=sys.stderr)
        return 1
    if options.into:
        print(f"{source.title} is in {folder}. On the other computer, set {VARIABLE} to its path.")
    else:
        print(f"{source.title} is on this computer.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
