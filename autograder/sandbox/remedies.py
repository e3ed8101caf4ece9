"""Why this machine has no walls, and what helps: one sentence for each cause, with the command."""

from __future__ import annotations

import os
import shutil
import sys
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Facts", "facts", "remedies"]

CONTAINERS = ("/.dockerenv", "/run/.containerenv")
SETTINGS = Path("/proc/sys")
WITHOUT = "--sandbox=none grades without walls, and says so on every result."
ON_A_MAC = (
    "On macOS students' code cannot be walled in. Grade in a Linux virtual machine, or in a "
    "container of Docker or Podman that was started with --privileged."
)
ON_WINDOWS = (
    "On Windows students' code cannot be walled in. Grade in WSL2 (wsl --install), which is Linux."
)
ELSEWHERE = "Students' code can be walled in on Linux only. Grade in a Linux virtual machine."


@dataclass(frozen=True)
class Facts:
    """What is known of a machine; a setting is None where the kernel does not have it."""

    system: str = "linux"
    root: bool = False
    container: bool = False
    bwrap: bool = True
    seccomp: bool = True
    userns_clone: str | None = None
    apparmor: str | None = None
    most_namespaces: str | None = None


def facts() -> Facts:
    """What is known of this machine."""
    return Facts(
        system=sys.platform,
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        container=any(Path(each).exists() for each in CONTAINERS),
        bwrap=shutil.which("bwrap") is not None,
        seccomp=find_library("seccomp") is not None,
        userns_clone=_setting("kernel/unprivileged_userns_clone"),
        apparmor=_setting("kernel/apparmor_restrict_unprivileged_userns"),
        most_namespaces=_setting("user/max_user_namespaces"),
    )


def remedies(known: Facts) -> list[str]:
    """What helps here, the surest first; the last one is always to do without."""
    if known.system != "linux":
        return [{"darwin": ON_A_MAC, "win32": ON_WINDOWS}.get(known.system, ELSEWHERE), WITHOUT]
    found = []
    if not known.seccomp:
        found.append("The library that filters system calls is missing: "
                     "sudo apt install libseccomp2")
    if known.container:
        found.append(
            "This is a container, which forbids namespaces inside it. Start it with --privileged, "
            "or with --cap-add=SYS_ADMIN --security-opt seccomp=unconfined "
            "--security-opt apparmor=unconfined"
        )
    if known.most_namespaces == "0":
        found.append("Namespaces are switched off: sudo sysctl user.max_user_namespaces=15000")
    if known.userns_clone == "0" and not known.root:
        found.append("Only root may make namespaces here: sudo sysctl "
                     "kernel.unprivileged_userns_clone=1")
    if known.apparmor == "1" and not known.root:
        found.append(
            "AppArmor forbids namespaces to programs without a profile. bubblewrap can have one: "
            "sudo apt install bubblewrap apparmor-profiles, then sudo ln -s "
            "/usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ and "
            "sudo systemctl reload apparmor. Or allow it to all: sudo sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if not known.bwrap:
        found.append("bubblewrap may be allowed what Python is not: sudo apt install bubblewrap")
    if not known.root and not found:
        found.append("Grade as root: each student's code then gets a user of its own.")
    return [*found, WITHOUT]


def _setting(name: str) -> str | None:
    try:
        return (SETTINGS / name).read_text(encoding="ascii").strip()
    except OSError:
        return None
