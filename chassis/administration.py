"""What the operator may ask of any service: `adm.<service>.<request>`, answered like a query.

Every service answers the same requests, so that `bodemplaat` needs nobody's database.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic

from nats.aio.client import Client as Connection
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text

from chassis import parking
from chassis.command import Context, WorkT
from chassis.condition import backlog_of
from chassis.consume import Consumption
from chassis.database import Database
from chassis.definition import Settling
from chassis.errors import DomainError
from chassis.headers import OPERATOR
from chassis.log import logger
from chassis.reconcile import reconcile
from contracts import topology

log = logger(__name__)

_UNPUBLISHED = text("SELECT count(*) FROM event_log WHERE published_at IS NULL")


class Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Params):
    """No parameters."""


class ParkedAggregate(Params):
    consumer: str
    aggregate: str


class Released(ParkedAggregate):
    reason: str = Field(min_length=1, description="Why, for whoever asks later")


class OperatorOnly(DomainError):
    """Only the operator's command may ask this."""

    slug = "operator-only"
    kind = "forbidden"


class NotParked(DomainError):
    """No event of this aggregate is parked for this consumer."""

    slug = "not-parked"
    kind = "unknown"


class RetryFailed(DomainError):
    """The first parked event fails still, with `error`; nothing of it has been kept."""

    slug = "retry-failed"


class ReleaseImpossible(DomainError):
    """Read models are made of every event: one that was passed over would be back after a rebuild.

    They go on once a release of the software can fold it, or what is missing has been published.
    """

    slug = "release-impossible"


Request = tuple[type[Params], Callable[[Any], Awaitable[Mapping[str, Any]]]]


class Administration(Generic[WorkT]):
    """Answers the operator for one service."""

    def __init__(
        self,
        service: str,
        database: Database,
        connection: Connection,
        consumptions: Mapping[str, Consumption[WorkT]],
        committed: Callable[[], None],
        settling: Settling | None = None,
    ) -> None:
        self._service = service
        self._database = database
        self._connection = connection
        self._consumptions = {
            f"{service}-{name}": consumption for name, consumption in consumptions.items()
        }
        self._committed = committed
        self._settling = settling
        self.requests: dict[str, Request] = {
            "backlog": (Nothing, self._backlog),
            "parked": (Nothing, self._parked),
            "parked-events": (ParkedAggregate, self._parked_events),
            "retry-parked": (ParkedAggregate, self._retry),
            "release-parked": (Released, self._release),
        }
        if topology.service(service).publishes:
            self.requests["reconcile"] = (Nothing, self._reconcile)

    @staticmethod
    def require_operator(context: Context) -> None:
        """Raises `OperatorOnly` for anyone else."""
        if OPERATOR not in context.roles:
            raise OperatorOnly

    async def _backlog(self, _: Nothing) -> Mapping[str, Any]:
        """Its own events that are not on the stream yet, and others' that it has not taken in."""
        service = topology.service(self._service)
        unpublished = 0
        if service.publishes:
            async with self._database.transaction() as session:
                unpublished = await session.scalar(_UNPUBLISHED) or 0
        names = [topology.durable(service.name, consumer) for consumer in service.consumers]
        waiting = [(await backlog_of(self._connection, name)).waiting for name in names]
        return {"unpublished": unpublished, "waiting": sum(waiting)}

    async def _reconcile(self, _: Nothing) -> Mapping[str, Any]:
        report = await reconcile(self._service, self._connection, self._database.dsn)
        self._committed()
        log.info("reconciled", **report.as_json())
        return report.as_json()

    async def _parked(self, _: Nothing) -> Mapping[str, Any]:
        async with self._database.transaction() as session:
            return {"parked": [dict(row) for row in await parking.overview(session)]}

    async def _parked_events(self, params: ParkedAggregate) -> Mapping[str, Any]:
        async with self._database.transaction() as session:
            rows = await parking.show(session, params.consumer, params.aggregate)
        if not rows:
            raise NotParked(aggregate=params.aggregate)
        return {"events": [{**row, "event_id": str(row["event_id"])} for row in rows]}

    async def _retry(self, params: ParkedAggregate) -> Mapping[str, Any]:
        try:
            handled = await self._retried(params)
        except NotParked:
            raise
        except Exception as error:
            log.exception("retry failed", aggregate=params.aggregate)
            raise RetryFailed(error=repr(error)) from error
        self._committed()
        return {"handled": handled}

    async def _retried(self, params: ParkedAggregate) -> int:
        if consumption := self._consumptions.get(params.consumer):
            return await consumption.retry(params.aggregate)
        return await self._own(params).retry(self._database, params.consumer, params.aggregate)

    async def _release(self, params: Released) -> Mapping[str, Any]:
        if consumption := self._consumptions.get(params.consumer):
            left = await consumption.release(params.aggregate)
        else:
            own = self._own(params)
            left = await own.release(self._database, params.consumer, params.aggregate)
        log.warning("parked event passed over", **params.model_dump(), left=left)
        return {"left": left}

    def _own(self, params: ParkedAggregate) -> Settling:
        if self._settling is None:
            raise NotParked(aggregate=params.aggregate)
        return self._settling
