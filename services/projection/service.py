"""Composition of `projection`. The table of queries is in `views`."""

from collections.abc import Coroutine
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.definition import Definition, Settling
from chassis.service import Running
from services.projection.follow import follow
from services.projection.position import Position
from services.projection.settling import release, retry
from services.projection.views import QUERIES, Work


def compose() -> Definition[Work]:
    """A projection: it follows the stream and answers queries."""
    position = Position()

    def make_work(session: AsyncSession) -> Work:
        return Work(session, position)

    def following(service: Running[Any]) -> Coroutine[Any, Any, None]:
        position.connection = service.connection
        service.health.add(position.probe)
        return follow(service, position)

    return Definition(
        name="projection",
        work=make_work,
        queries=QUERIES,
        background=(following,),
        settling=Settling(retry=retry, release=release),
    )


definition = compose()
