"""The secrets of one installation: NKey seeds for NATS, passwords for PostgreSQL.

Each is a file that its owner alone can read, made at first use and kept. The server's
configuration holds public keys only.
"""

import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import nkeys

from chassis.permissions import SYSTEM_USER, User, account_users

PLATFORM = "PLATFORM"
SYSTEM = "SYS"

MAX_PAYLOAD_BYTES = 8 * 1024 * 1024
"""A command of 500 imported histories is the largest message; an event stays far below."""

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_SEED_BYTES = 32


class Credentials:
    """The secrets below one private folder: `<user>.nk` for NATS, `<role>.password`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def seed_file(self, user: str) -> Path:
        """The file with the NKey seed of this user of NATS."""
        return self._kept(f"{user}.nk", _new_seed)

    def public_key(self, user: str) -> str:
        """The public key of this user, by which the server knows it."""
        pair = nkeys.from_seed(bytearray(self.seed_file(user).read_bytes().strip()))
        key: bytes = pair.public_key
        return key.decode()

    def password(self, role: str) -> str:
        """The password of this role of PostgreSQL."""
        return self._kept(f"{role}.password", lambda: secrets.token_urlsafe(24)).read_text().strip()

    def _kept(self, name: str, make: Callable[[], str]) -> Path:
        file = self.folder / name
        if not file.exists():
            self.folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            write_private(file, make())
        return file


def write_private(file: Path, text: str) -> None:
    """Replace the file by one with this text that only its owner can read, whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(descriptor, "w") as output:
        output.write(text)
    fresh.replace(file)


def accounts_config(credentials: Credentials, *, guests: Sequence[User] = ()) -> str:
    """The part of nats-server's configuration that says who may do what.

    `guests` are users of the platform's account beside those of the topology.
    """
    users = "\n".join(_user(credentials, user) for user in (*account_users(), *guests))
    system = _user(credentials, User(SYSTEM_USER))
    return f"""
accounts {{
  {PLATFORM} {{
    jetstream: enabled
    users: [
{users}
    ]
  }}
  {SYSTEM} {{
    users: [
{system}
    ]
  }}
}}
system_account: {SYSTEM}
"""


def server_config(
    accounts: str,
    *,
    port: int,
    monitoring_port: int,
    store: Path,
    pid_file: Path,
    sync_always: bool = True,
) -> str:
    """The configuration of a server of its own on loopback; `accounts` from `accounts_config`.

    `sync_always` syncs each write to disk before it is acknowledged; without it the server loses
    acknowledged messages with the machine.
    """
    return f"""server_name: bodemplaat
listen: "127.0.0.1:{port}"
http: "127.0.0.1:{monitoring_port}"
pid_file: "{pid_file}"
max_payload: {MAX_PAYLOAD_BYTES}
jetstream {{
  store_dir: "{store}"
  sync_interval: {"always" if sync_always else "2m"}
}}
{accounts}"""


def _user(credentials: Credentials, user: User) -> str:
    permissions = "" if user.permissions is None else f", permissions: {{ {user.permissions} }}"
    return f"      {{ nkey: {credentials.public_key(user.name)}{permissions} }} # {user.name}"


def _new_seed() -> str:
    seed: bytes = nkeys.encode_seed(secrets.token_bytes(_SEED_BYTES), nkeys.PREFIX_BYTE_USER)
    return seed.decode()
