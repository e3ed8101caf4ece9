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
        uv venv --quiet --seed --python '>=3.11' .venv
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
            echo "setup: $python could not make .venv (Debian, Ubuntu: apt install python3-venv)" >&2
            exit 1
        }
    fi
fi

echo "setup: installing what the course needs (a few minutes the first time)"
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python -c constraints.txt -e '.[dev,docs]'
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,docs]'
fi

# `git diff` then shows notebooks as text; only this clone is told so.
if [ -e .git ] && command -v git >/dev/null 2>&1; then
    git config diff.notebook.textconv '.venv/bin/python -m tools.notebooks show'
fi

echo "$wanted" > "$stamp"
echo "setup: done; .venv has everything"
