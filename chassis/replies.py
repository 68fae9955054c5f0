"""Kept replies: the same command id from the same actor gives the same answer and one effect."""

from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Command, Context
from chassis.errors import KeyReused

_FIND = text("""
    SELECT fingerprint, reply FROM command_reply
    WHERE actor = :actor AND command_id = :command_id
""")


def fingerprint(name: str, command: Command) -> bytes:
    """Equal for equal commands, however their JSON was written."""
    return sha256(f"{name}\n{command.model_dump_json()}".encode()).digest()


async def find(session: AsyncSession, context: Context, content: bytes) -> dict[str, Any] | None:
    """The reply that was kept for this command. Raises `KeyReused` when its content differed."""
    row = (
        await session.execute(_FIND, {"actor": context.actor, "command_id": context.command_id})
    ).one_or_none()
    if row is None:
        return None
    if bytes(row.fingerprint) != content:
        raise KeyReused
    reply: dict[str, Any] = row.reply if isinstance(row.reply, dict) else orjson.loads(row.reply)
    return reply
