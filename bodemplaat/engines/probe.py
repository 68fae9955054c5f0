"""Asking a process over HTTP on loopback how it is."""

import http.client

_SECONDS = 1.0


def answers(port: int, path: str) -> bool:
    """Whether it answers 200 there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
