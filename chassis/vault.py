"""Personal text, sealed per data subject and scope: AES-256-GCM with a key of this database.

A key is of one subject and one scope, such as a ticket. Erasing is deleting keys: every copy of
what was sealed with them, in event logs, streams, read models and backups of others, is then
unreadable. One scope is erased by itself, or everything of a subject.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Write

TABLE = """
CREATE TABLE subject_key (
    subject text PRIMARY KEY,
    key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
)
"""
SCOPED = (
    "ALTER TABLE subject_key ADD COLUMN scope text NOT NULL DEFAULT ''",
    "ALTER TABLE subject_key ALTER COLUMN scope DROP DEFAULT",
    "ALTER TABLE subject_key DROP CONSTRAINT subject_key_pkey",
    "ALTER TABLE subject_key ADD PRIMARY KEY (subject, scope)",
)
NONCE_BYTES = 12
KEY_BITS = 256

_GIVEN = """
    unnest(CAST(:subjects AS text[]), CAST(:scopes AS text[])) AS given(subject, scope)
"""
_KEYS = text(f"SELECT subject, scope, key FROM subject_key JOIN {_GIVEN} USING (subject, scope)")  # noqa: S608
_ADD = """
    INSERT INTO subject_key (subject, scope, key)
    SELECT * FROM unnest(
        CAST(:subjects AS text[]), CAST(:scopes AS text[]), CAST(:secrets AS bytea[])
    )
    ON CONFLICT (subject, scope) DO NOTHING
"""
_ERASE = text(f"""
    DELETE FROM subject_key USING {_GIVEN}
    WHERE subject_key.subject = given.subject AND subject_key.scope = given.scope
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Scope:
    """What one key opens: texts of a subject, within something that is erased as a whole."""

    subject: str
    name: str

    @property
    def bound(self) -> bytes:
        """What a text is bound to: moved to another subject or scope, it does not open."""
        return f"{self.subject}\n{self.name}".encode()


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a scope."""

    scope: Scope
    secret: bytes = field(repr=False)

    def seal(self, plain: str) -> str:
        """Base64 of nonce ‖ ciphertext ‖ tag."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.secret).encrypt(nonce, plain.encode(), self.scope.bound)
        return b64encode(nonce + sealed).decode()

    def open(self, sealed: str) -> str | None:
        """The plain text; `None` when it was sealed with another key."""
        raw = b64decode(sealed)
        try:
            plain = AESGCM(self.secret).decrypt(
                raw[:NONCE_BYTES], raw[NONCE_BYTES:], self.scope.bound
            )
        except InvalidTag:
            return None
        return plain.decode()


def create_table(op: Any) -> None:
    """Create the table of keys, as it was first; `op` is Alembic's operations object."""
    op.execute(TABLE)


def give_keys_scopes(op: Any) -> None:
    """From now on a subject has a key per scope."""
    for statement in SCOPED:
        op.execute(statement)


def new_key(scope: Scope) -> Key:
    """A key for a scope that has none. What it seals is readable only once it is kept."""
    return Key(scope, AESGCM.generate_key(KEY_BITS))


def kept(keys: Sequence[Key]) -> Write:
    """New keys, as rows to write."""
    columns: dict[str, list[Any]] = {
        "subjects": [key.scope.subject for key in keys],
        "scopes": [key.scope.name for key in keys],
        "secrets": [key.secret for key in keys],
    }
    return Write(_ADD, columns)


async def key_of(session: AsyncSession, scope: Scope) -> Key:
    """The key of a scope, which is made when there is none."""
    found = await present_keys(session, [scope])
    if scope not in found:
        made = kept([new_key(scope)])
        await session.execute(text(made.statement), made.columns)
        found = await present_keys(session, [scope])
    return found[scope]


async def present_keys(session: AsyncSession, scopes: Collection[Scope]) -> dict[Scope, Key]:
    """The keys of those of the scopes that were not erased."""
    rows = await session.execute(_KEYS, _given(scopes))
    keys = (Key(Scope(row.subject, row.scope), bytes(row.key)) for row in rows)
    return {key.scope: key for key in keys}


async def open_all(session: AsyncSession, sealed: Sequence[tuple[Scope, str]]) -> list[str | None]:
    """The plain texts; `None` where the key is gone."""
    keys = await present_keys(session, {scope for scope, _ in sealed})
    return [keys[scope].open(value) if scope in keys else None for scope, value in sealed]


async def erase(session: AsyncSession, scopes: Collection[Scope]) -> None:
    """Delete the keys of these scopes: what they sealed cannot be read any more, anywhere."""
    await session.execute(_ERASE, _given(scopes))


def _given(scopes: Iterable[Scope]) -> dict[str, list[str]]:
    ordered = sorted(set(scopes), key=lambda scope: (scope.subject, scope.name))
    return {
        "subjects": [scope.subject for scope in ordered],
        "scopes": [scope.name for scope in ordered],
    }
