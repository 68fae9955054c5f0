"""Ports of loopback for what listens there."""

import secrets
import socket

OWN = range(12_000, 32_000)
"""Below those that systems give to outgoing connections, which could take one at any moment."""


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of loopback."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port on which nobody listens just now; by chance, so that no two choose the same."""
    while not is_free(port := secrets.choice(OWN)):
        continue
    return port
