"""The development issuer's keys: made once, kept in a folder that only the owner reads."""

import json
from pathlib import Path
from typing import TypeVar

from joserfc.jwk import ECKey, RSAKey

RSA_BITS = 2048
KeyT = TypeVar("KeyT", ECKey, RSAKey)


def issuer_key(folder: Path) -> ECKey:
    """The key that signs tokens (ES256)."""
    found = _read(folder / "issuer.json")
    if found is not None:
        return ECKey.import_key(found)
    return _keep(folder / "issuer.json", ECKey.generate_key("P-256", {"use": "sig"}, auto_kid=True))


def system_key(folder: Path) -> RSAKey:
    """The key of the demonstration system (PS256); its owner reads it from the folder too."""
    found = _read(folder / "system.json")
    if found is not None:
        return RSAKey.import_key(found)
    return _keep(
        folder / "system.json", RSAKey.generate_key(RSA_BITS, {"use": "sig"}, auto_kid=True)
    )


def _read(path: Path) -> dict[str, str | list[str]] | None:
    if not path.exists():
        return None
    key: dict[str, str | list[str]] = json.loads(path.read_text())
    return key


def _keep(path: Path, key: KeyT) -> KeyT:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(json.dumps(key.as_dict(private=True)))
    return key
