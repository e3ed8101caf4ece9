"""`python -m benchmarks` runs every benchmark, `python -m benchmarks import_time` one of them."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def names() -> list[str]:
    """The modules here; a folder holds what several of them need."""
    modules = pkgutil.iter_modules(benchmarks.__path__)
    found = [each.name for each in modules if not each.ispkg]
    return sorted(name for name in found if name != "__main__")


def main(wanted: list[str]) -> None:
    unknown = set(wanted) - set(names())
    if unknown:
        known = ", ".join(names())
        sys.exit(f"bench: no benchmark {', '.join(sorted(unknown))}; there are {known}")
    for name in wanted or names():
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
