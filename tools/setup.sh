#!/bin/sh
# Make .venv with the versions of constraints.txt. Does nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.setup-stamp
# The place belongs to the stamp: scripts in a moved .venv point to the old one.
wanted="$(pwd) $(cat pyproject.toml constraints.txt tools/setup.sh | cksum)"
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
    echo "setup: .venv is up to date"
    exit 0
fi

if [ -e "$stamp" ] && ! grep -qF "$(pwd) " "$stamp"; then
    echo "setup: this folder was moved; making .venv again"
    rm -rf .venv
fi

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
if [ ! -x .venv/bin/python ]; then
    echo "setup: making .venv"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --seed --python '>=3.11' .venv || {
            rm -rf .venv
            echo "setup: uv could not make .venv here; its own message above says why. May you write in" >&2
            echo "setup: $(pwd), and is the disk not full?" >&2
            exit 1
        }
    else
        python=
        for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do
            if "$candidate" -c "$new_enough" 2>/dev/null; then python=$candidate; break; fi
        done
        if [ -z "$python" ]; then
            echo "setup: needs Python 3.11 or newer; found $(python3 --version 2>&1)." >&2
            echo "setup: install one, or say which: make setup PYTHON=/path/to/python" >&2
            exit 1
        fi
        "$python" -m venv .venv || {
            rm -rf .venv
            echo "setup: $python could not make .venv here. May you write in $(pwd), and is the disk not" >&2
            echo "setup: full? On Debian and Ubuntu it also needs: apt install python3-venv" >&2
            exit 1
        }
    fi
fi

echo "setup: installing what the course needs (a few minutes the first time)"
if command -v uv >/dev/null 2>&1; then
    set -- uv pip install --quiet --python .venv/bin/python
else
    set -- .venv/bin/python -m pip install --quiet --disable-pip-version-check
fi
"$@" -c constraints.txt -e '.[dev,docs]' || {
    echo "setup: not everything could be installed; it needs the network and 2 GB of free disk." >&2
    echo "setup: call it again, it goes on where it stopped; if that fails too, rm -rf .venv first." >&2
    exit 1
}

# `git diff` then shows notebooks as text; only this clone is told so.
if [ -e .git ] && command -v git >/dev/null 2>&1; then
    git config diff.notebook.textconv '.venv/bin/python -m tools.notebooks show'
fi

echo "$wanted" > "$stamp"
echo "setup: done; .venv has everything"
