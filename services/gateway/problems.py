"""Faults in the caller's words: `application/problem+json` (RFC 9457).

`type` is stable and names the rule; its page says what it means and what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import DomainError, Fault, FieldInvalid, Kind
from services.gateway.errors import GatewayError, RequestInvalid
from services.gateway.language import Language, Texts, language_of
from services.gateway.wire import to_json

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://bodemplaat.example/problems"
RETRY_AFTER = "2"

STATUS: Mapping[Kind, int] = {
    "invalid": 400,
    "forbidden": 403,
    "unknown": 404,
    "conflict": 409,
    "stale": 412,
    "unavailable": 503,
    "internal": 500,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal, ready to be told: in JSON by the API, on a page by the portal."""

    slug: str
    status: int
    language: Language
    title: str
    detail: str
    errors: Sequence[Mapping[str, Any]] = ()
    params: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None

    def body(self) -> dict[str, Any]:
        members: dict[str, Any] = {
            "type": f"{TYPE_BASE}/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.params:
            members["params"] = dict(self.params)
        if self.errors:
            members["errors"] = list(self.errors)
        return members

    def response(self, instance: str) -> Response:
        return Response(
            to_json({**self.body(), "instance": instance}),
            status_code=self.status,
            media_type=MEDIA_TYPE,
            headers={"Content-Language": self.language, **(self.headers or {})},
        )


def problem_of_faults(faults: Sequence[Fault], texts: Texts, language: Language) -> Problem:
    """What a service refused. One fault names the problem; several are listed.

    Faults that have a field always stand in `errors`, all at once.
    """
    main = next((fault for fault in faults if fault.kind != "invalid"), faults[0])
    invalid = main.kind == "invalid"
    together = invalid and (len(faults) > 1 or main.slug == FieldInvalid.slug)
    slug = RequestInvalid.slug if together else main.slug
    listed = faults if together or len(faults) > 1 or main.field else ()
    return Problem(
        slug=slug,
        status=STATUS[main.kind],
        language=language,
        title=title(slug, texts, language),
        detail=_detail(slug, {} if together else main.params, texts, language),
        errors=[_field_error(fault, texts, language) for fault in listed],
        params=None if together else _camel(main.params),
        headers={"Retry-After": RETRY_AFTER} if main.kind == "unavailable" else None,
    )


def problem_of_error(error: DomainError, texts: Texts, language: Language) -> Problem:
    """What the gateway refused itself."""
    if not isinstance(error, GatewayError):
        return problem_of_faults([Fault.of(error)], texts, language)
    return Problem(
        slug=error.slug,
        status=error.status,
        language=language,
        title=title(error.slug, texts, language),
        detail=_detail(error.slug, error.params, texts, language),
        params=_camel(error.params),
        headers=error.headers,
    )


def answer(request: Request, error: DomainError) -> Response:
    """The problem as the answer to this request."""
    problem = problem_of_error(error, request.app.state.texts, language_of(request))
    return tell(request, problem)


def tell(request: Request, problem: Problem) -> Response:
    """JSON for the API; for other paths the portal's page, once it has one."""
    page = getattr(request.app.state, "problem_page", None)
    if page is not None and not request.url.path.startswith(("/v1", "/dev-issuer", "/schemas")):
        rendered: Response = page(request, problem)
        return rendered
    return problem.response(request.url.path)


def title(slug: str, texts: Texts, language: Language) -> str:
    """The short name of the problem: the text's attribute `title`, else a general one."""
    key = f"{slug}.title"
    return texts.text(language, key if texts.has(language, key) else "problem-title", slug=slug)


def name(slug: str, texts: Texts, language: Language) -> str:
    """The title where the problem has one of its own, else the slug in words."""
    own = texts.has(language, f"{slug}.title")
    return title(slug, texts, language) if own else slug.replace("-", " ").capitalize()


def _detail(slug: str, params: Mapping[str, Any], texts: Texts, language: Language) -> str:
    if texts.has(language, slug):
        return texts.text(language, slug, **params)
    return texts.text(language, "problem-unknown", slug=slug)


def _field_error(fault: Fault, texts: Texts, language: Language) -> dict[str, Any]:
    rule = str(fault.params.get("rule", fault.slug))
    return {
        "field": camel_path(fault.field),
        "rule": rule.replace("_", "-"),
        "detail": rule_text(fault, texts, language),
    }


def rule_text(fault: Fault, texts: Texts, language: Language) -> str:
    """What is wrong with one field: pydantic's rule, or the domain's own text."""
    if fault.slug != FieldInvalid.slug:
        return _detail(fault.slug, fault.params, texts, language)
    rule = str(fault.params.get("rule", "")).replace("_", "-")
    key = f"rule-{rule}"
    params = {**fault.params, "rule": rule}
    return texts.text(language, key if texts.has(language, key) else "rule-other", **params)


def camel_path(field: str | None) -> str | None:
    """`norm.response_minutes` → `norm.responseMinutes`: the path in the HTTP body."""
    return None if field is None else ".".join(map(to_camel, field.split(".")))


def _camel(params: Mapping[str, Any]) -> dict[str, Any]:
    return {to_camel(name): value for name, value in params.items()}
