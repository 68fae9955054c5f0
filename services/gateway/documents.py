"""Documents that anybody may read: schemas of events, and what each problem means."""

from html import escape
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

import contracts
from chassis.errors import PartnerForbidden
from services.gateway import problems
from services.gateway.access import guarded_router
from services.gateway.language import Language, Texts, language_of

SCHEMAS = Path(contracts.__file__).parent / "schemas"


def documents_router() -> APIRouter:
    router = guarded_router()

    @router.get("/schemas/{context}/{schema}")
    async def schema(context: str, schema: str) -> Response:
        """The JSON Schema of a published event version: the envelope's `dataschema`."""
        known = {path.relative_to(SCHEMAS).as_posix(): path for path in SCHEMAS.rglob("*.json")}
        found = known.get(f"{context}/{schema}")
        if found is None:
            raise PartnerForbidden
        return Response(found.read_bytes(), media_type="application/schema+json")

    @router.get("/problems")
    async def all_problems(request: Request) -> Response:
        """Every problem type with its title."""
        texts, language = request.app.state.texts, language_of(request)
        titles = {slug: problems.name(slug, texts, language) for slug in sorted(texts.slugs)}
        rows = "".join(
            f'<li><a href="/problems/{slug}">{escape(title)}</a> (<code>{slug}</code>)</li>'
            for slug, title in titles.items()
        )
        return _page(texts, language, texts.text(language, "problems-heading"), f"<ul>{rows}</ul>")

    @router.get("/problems/{slug}")
    async def one_problem(request: Request, slug: str) -> Response:
        """What one problem type means and what to do about it."""
        texts, language = request.app.state.texts, language_of(request)
        if slug not in texts.slugs:
            raise PartnerForbidden
        meaning = texts.text(language, slug)
        return _page(
            texts, language, problems.name(slug, texts, language), f"<p>{escape(meaning)}</p>"
        )

    return router


def _page(texts: Texts, language: Language, heading: str, content: str) -> Response:
    back = escape(texts.text(language, "problems-heading"))
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{escape(heading)} - Bodemplaat</title>"
        f'<main><h1>{escape(heading)}</h1>{content}<p><a href="/problems">{back}</a></p></main>'
        "</html>"
    )
