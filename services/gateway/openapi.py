"""The OpenAPI 3.1 document: what FastAPI derives, with what the NL API Design Rules add."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from services.gateway.access import Row
from services.gateway.hardening import API_VERSION
from services.gateway.problems import MEDIA_TYPE, TYPE_BASE
from services.gateway.settings import GatewaySettings

TAGS = [
    {"name": "Partners", "description": "Deelnemers: who owns, commissions and uses the centre"},
    {"name": "Catalogue", "description": "Producten- en dienstencatalogus (PDC)"},
    {"name": "Service levels", "description": "SLA-normen and the calendars they run by"},
    {"name": "Agreements", "description": "Dienstverleningsovereenkomsten (DVO)"},
    {"name": "Tickets", "description": "Meldingen: incidents and service requests"},
    {"name": "Problems", "description": "Problemen en bekende fouten"},
    {"name": "Major incidents", "description": "Grote storingen, gedeeld met wie zij raken"},
    {"name": "Cost", "description": "Begroting, boekingen en wat een deelnemer kost"},
    {"name": "Charging", "description": "Doorbelasting: methods, runs and what they come to"},
    {"name": "Invoices", "description": "Facturen, e-facturen, correcties en bezwaren"},
    {"name": "Risk and resilience", "description": "Risico's en weerstandsvermogen"},
    {"name": "Treasury", "description": "Leningen, kasgeldlimiet, renterisico en kengetallen"},
    {"name": "Figures", "description": "Dashboards and exports"},
    {"name": "Reports", "description": "Rapporten: each figure with what it is made of"},
    {"name": "Live", "description": "Changes as server-sent events"},
]
DESCRIPTION = """\
The system of a shared service centre of Dutch municipalities.

- **Access**: bearer tokens of the configured OpenID provider. A partner sees its own figures only;
  what lies outside your scope does not exist for you (404).
- **Names**: properties and query keys in camelCase; moments RFC 3339 in UTC; amounts and
  percentages are decimal text.
- **Commands** are `POST`s. Send an `Idempotency-Key` and repeat freely: one key, one effect.
  `If-Match` with the `ETag` of what you saw keeps you from overwriting another's change.
- **Reading your own change**: a command is accepted when it is committed; lists follow within
  moments. `GET /tickets/{ticket}?atLeast=<version>` waits for it.
- **Errors** are `application/problem+json` in Dutch or English (`Accept-Language`), with a stable
  `type` that leads to its explanation.
- **Rate**: see the `RateLimit` headers; past the limit 429 with `Retry-After`.
"""
CONTACT = {
    "name": "Bodemplaat",
    "url": "https://bodemplaat.example",
    "email": "api@bodemplaat.example",
}
VERSION_HEADER: dict[str, Any] = {
    "description": "Full version of the API",
    "schema": {"type": "string", "examples": [API_VERSION]},
}
HEADERS = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
EXAMPLE = {
    "type": f"{TYPE_BASE}/request-invalid",
    "title": "Ongeldig verzoek",
    "status": 400,
    "detail": "Het verzoek bevat fouten; ze staan hieronder.",
    "instance": "/v1/tickets",
    "errors": [{"field": "title", "rule": "missing", "detail": "Dit veld is verplicht."}],
}
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "A refusal, by RFC 9457",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "examples": [EXAMPLE],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Stable name of the rule"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "params": {"type": "object", "description": "The facts that the detail speaks of"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "rule", "detail"],
                "properties": {
                    "field": {"type": ["string", "null"]},
                    "rule": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
REFUSALS = {
    400: "The request has errors; all are listed",
    401: "No valid access token",
    403: "Your role may not do this",
    404: "It does not exist, or lies outside your scope",
    409: "The state of things does not allow it, or the key came with another body",
    412: "It has changed since you looked",
    413: "The body is too large",
    415: "The body is no JSON",
    429: "Too many requests",
    503: "A service cannot be reached",
    504: "No answer in time",
}
OF_COMMANDS = frozenset({409, 412, 413, 415})


def describe(app: FastAPI) -> None:
    """Let the application describe itself once, when first asked."""
    settings: GatewaySettings = app.state.settings

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app, settings)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def document(app: FastAPI, settings: GatewaySettings) -> dict[str, Any]:
    found = get_openapi(
        title="Bodemplaat",
        version=API_VERSION,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        servers=[{"url": f"{settings.public_url}/v1"}],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )
    found["info"]["contact"] = CONTACT
    rules: dict[tuple[str, str], Row] = app.state.access
    found["paths"] = {
        path.removeprefix("/v1"): {
            method: _operation(operation, method, rules[method.upper(), path])
            for method, operation in operations.items()
        }
        for path, operations in found["paths"].items()
        if path.startswith("/v1/")
    }
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM
    components["headers"] = {"API-Version": VERSION_HEADER}
    components["responses"] = {
        f"Refused{status}": _refusal(text) for status, text in REFUSALS.items()
    }
    components["securitySchemes"] = {
        "oidc": {
            "type": "openIdConnect",
            "openIdConnectUrl": f"{settings.issuer}/.well-known/openid-configuration",
        }
    }
    return found


def _operation(operation: dict[str, Any], method: str, rule: Row) -> dict[str, Any]:
    """An operation with its refusals, the version header, and who may use it."""
    responses = operation["responses"]
    responses.pop("422", None)
    for answer in responses.values():
        answer["headers"] = HEADERS
        answer["description"] = operation["summary"]
    responses |= {
        str(status): {"$ref": f"#/components/responses/Refused{status}"}
        for status in REFUSALS
        if method != "get" or status not in OF_COMMANDS
    }
    roles = ", ".join(f"{role} ({scope})" for role, scope in sorted(rule.cells.items()))
    operation["description"] = f"{operation.get('description', '')}\n\nRoles: {roles}.".strip()
    operation["security"] = [{"oidc": []}]
    return operation


def _refusal(text: str) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": text, "headers": HEADERS, "content": {MEDIA_TYPE: content}}
