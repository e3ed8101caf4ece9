"""Send what was found over the network."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="succeeds",
    here="no network interface, and no socket can be made",
    cells=("""
import socket
found = []
for family, kind in [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM),
                     (socket.AF_INET6, socket.SOCK_STREAM), (socket.AF_UNIX, socket.SOCK_STREAM)]:
    try:
        socket.socket(family, kind)
        found.append(kind.name)
    except OSError: pass
try: found.append(socket.getaddrinfo("example.org", 80))
except OSError: pass
""",),
    finds=[],
)
