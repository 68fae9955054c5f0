"""Under which names people of another system are known here."""

import hashlib
import hmac

CHARACTERS = 32


class Pseudonyms:
    """Of the people of one source, made with the installation's secret (HMAC-SHA-256, 128 bits).

    The same person of the same source always gets the same one; without the secret nobody can
    find out whose it is by trying names.
    """

    def __init__(self, secret: str, source: str) -> None:
        self._secret = secret.encode()
        self._source = source

    def of(self, requester: str) -> str:
        """Hexadecimal."""
        message = f"import\n{self._source}\n{requester}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:CHARACTERS]
