"""What was measured on: a few lines for the reader of the numbers."""

from __future__ import annotations

import importlib.metadata
import platform
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil
from threadpoolctl import threadpool_info


def description() -> list[str]:
    memory = psutil.virtual_memory().total / 2**30
    blas = sorted({
        f"{lib['internal_api']} {lib['version']} ({lib.get('architecture', 'unknown')})"
        for lib in threadpool_info() if lib["user_api"] == "blas"
    })
    return [
        f"Date: {datetime.now(UTC):%Y-%m-%d}",
        f"Processor: {processor()}, {psutil.cpu_count()} visible; memory {memory:.0f} GiB",
        f"System: {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        f"NumPy {np.__version__}, BLAS: {', '.join(blas)}",
        f"PyTorch {version('torch')}, JAX {version('jax')}",
    ]


def processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "is not installed"
