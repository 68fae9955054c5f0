"""What was raised, as an answer: the one place where errors become HTTP."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, cast

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import (
    BodyNotJson,
    DomainError,
    Fault,
    Internal,
    PartnerForbidden,
    Refused,
    invalid_fields,
)
from chassis.log import logger
from services.gateway import problems
from services.gateway.errors import BodyTooLarge, MethodNotAllowed
from services.gateway.hardening import add_headers
from services.gateway.language import language_of

log = logger(__name__)

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

NOT_JSON = {"json_invalid", "value_error.jsondecode"}
PLACES = ("query", "path", "header", "body")


async def refused(request: Request, error: Exception) -> Response:
    """A service's faults."""
    return tell_faults(request, cast(Refused, error).faults)


async def broken_rule(request: Request, error: Exception) -> Response:
    return problems.answer(request, cast(DomainError, error))


async def unreadable(request: Request, error: Exception) -> Response:
    """FastAPI's findings about path, query, headers and body, all at once."""
    found = cast(RequestValidationError, error).errors()
    if any(item["type"] in NOT_JSON for item in found):
        return problems.answer(request, BodyNotJson())
    return tell_faults(request, invalid_fields([_without_place(item) for item in found]))


async def http_refusal(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: no such path, method not allowed, body too large."""
    refusal = cast(HTTPException, error)
    match refusal.status_code:
        case 405:
            allowed = (refusal.headers or {}).get("Allow", "")
            response = problems.answer(request, MethodNotAllowed(allowed=allowed))
            response.headers["Allow"] = allowed
            return response
        case 413:
            return problems.answer(
                request, BodyTooLarge(limit=request.app.state.settings.body_bytes)
            )
        case 404:
            return problems.answer(request, PartnerForbidden())
        case _:
            return problems.answer(request, BodyNotJson())


async def defect(request: Request, error: Exception) -> Response:
    """Nobody is told what went wrong inside; the log is."""
    log.error("defect", path=request.url.path, exc_info=error)
    response = problems.answer(request, Internal())
    add_headers(response.headers, request.scope)
    return response


def tell_faults(request: Request, faults: tuple[Fault, ...]) -> Response:
    problem = problems.problem_of_faults(faults, request.app.state.texts, language_of(request))
    return problems.tell(request, problem)


def _without_place(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """`("body", "norm", "calendar")` → `("norm", "calendar")`."""
    place, *path = item["loc"]
    return {**item, "loc": path if place in PLACES else item["loc"]}


HANDLERS: dict[int | type[Exception], Handler] = {
    Refused: refused,
    DomainError: broken_rule,
    RequestValidationError: unreadable,
    HTTPException: http_refusal,
    Exception: defect,
}
