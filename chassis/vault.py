"""Personal text, sealed per data subject: AES-256-GCM with a key that stays in this database.

Erasing a person is deleting their key: every copy of what was sealed with it, in event logs,
streams, read models and backups of others, is then unreadable.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

TABLE = """
CREATE TABLE subject_key (
    subject text PRIMARY KEY,
    key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
)
"""
NONCE_BYTES = 12
KEY_BITS = 256

_KEYS = text("SELECT subject, key FROM subject_key WHERE subject = ANY(CAST(:subjects AS text[]))")
_ADD = text("""
    INSERT INTO subject_key (subject, key)
    SELECT * FROM unnest(CAST(:subjects AS text[]), CAST(:keys AS bytea[]))
    ON CONFLICT (subject) DO NOTHING
""")


class SealedText(Protocol):
    """What a sealed value of any service's events looks like."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...


def create_table(op: object) -> None:
    """Create the table of keys; `op` is Alembic's operations object."""
    op.execute(TABLE)  # type: ignore[attr-defined]


async def seal(session: AsyncSession, subject: str, plain: str) -> str:
    """`plain`, sealed with the subject's key, as base64 of nonce ‖ ciphertext ‖ tag."""
    return (await seal_all(session, [(subject, plain)]))[0]


async def seal_all(session: AsyncSession, texts: Sequence[tuple[str, str]]) -> list[str]:
    """Seal many `(subject, plain text)` pairs; keys that are missing are made."""
    keys = await _keys_for(session, {subject for subject, _ in texts})
    return [_seal(keys[subject], subject, plain) for subject, plain in texts]


async def open_all(session: AsyncSession, sealed: Sequence[SealedText]) -> list[str | None]:
    """The plain texts; `None` where the subject's key is gone (the person was erased)."""
    keys = await _present_keys(session, {value.subject for value in sealed})
    return [
        _open(keys[value.subject], value) if value.subject in keys else None for value in sealed
    ]


def _seal(key: bytes, subject: str, plain: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), subject.encode())
    return b64encode(nonce + sealed).decode()


def _open(key: bytes, value: SealedText) -> str | None:
    raw = b64decode(value.text)
    try:
        plain = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], value.subject.encode())
    except InvalidTag:
        return None
    return plain.decode()


async def _keys_for(session: AsyncSession, subjects: Iterable[str]) -> Mapping[str, bytes]:
    wanted = sorted(set(subjects))
    keys = await _present_keys(session, wanted)
    if missing := [subject for subject in wanted if subject not in keys]:
        made = [AESGCM.generate_key(KEY_BITS) for _ in missing]
        await session.execute(_ADD, {"subjects": missing, "keys": made})
        keys = await _present_keys(session, wanted)
    return keys


async def _present_keys(session: AsyncSession, subjects: Iterable[str]) -> dict[str, bytes]:
    rows = await session.execute(_KEYS, {"subjects": sorted(set(subjects))})
    return {row.subject: bytes(row.key) for row in rows}
