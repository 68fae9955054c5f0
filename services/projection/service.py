"""Composition of `projection`. The tables of queries are in `views` and `reporting`."""

from collections.abc import Coroutine
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.definition import Definition, Settling
from chassis.service import Running
from services.projection.follow import follow
from services.projection.position import Position
from services.projection.reporting.queries import queries
from services.projection.reporting.schedule import Schedule
from services.projection.reporting.worker import Worker
from services.projection.settings import Limits
from services.projection.settling import release, retry
from services.projection.views import QUERIES, Work


def compose(limits: Limits | None = None) -> Definition[Work]:
    """A projection: it follows the stream, answers queries and makes reports."""
    position = Position()
    allowed = limits or Limits()

    def make_work(session: AsyncSession) -> Work:
        return Work(session, position)

    def following(service: Running[Any]) -> Coroutine[Any, Any, None]:
        position.connection = service.connection
        service.health.add(position.probe)
        return follow(service, position)

    def reporting(service: Running[Any]) -> Coroutine[Any, Any, None]:
        return Worker(service).run()

    def scheduling(service: Running[Any]) -> Coroutine[Any, Any, None]:
        return Schedule(service, position, allowed).run()

    return Definition(
        name="projection",
        work=make_work,
        queries={**QUERIES, **queries(allowed)},
        background=(following, reporting, scheduling),
        settling=Settling(retry=retry, release=release),
    )


definition = compose()
