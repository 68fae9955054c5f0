"""Templates to pages: Jinja with autoescape, texts and formats of the visitor's language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from services.gateway.formats import Formats
from services.gateway.house import Houses
from services.gateway.language import Language, Texts
from services.gateway.portal.assets import Assets

FOLDER = Path(__file__).parent / "templates"

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(issuer: str) -> str:
    """Nothing from elsewhere, nothing inline; forms may lead on to the issuer's log-out."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; form-action 'self' {issuer}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


class Pages:
    """Renders the templates of the portal."""

    def __init__(self, texts: Texts, assets: Assets, houses: Houses, issuer: str) -> None:
        self._texts = texts
        self._houses = houses
        self._headers = {**HEADERS, "Content-Security-Policy": content_policy(issuer)}
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["asset"] = assets.address
        self._formats: dict[Language, Formats] = {
            language: Formats(language) for language in ("nl", "en")
        }

    def theme(self, name: str | None) -> str:
        """The theme of this name when there is one, else that of the centre."""
        return self._houses.named(name)

    def response(
        self,
        template: str,
        language: Language,
        facts: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page, with the headers that keep anything from elsewhere out of it."""
        context = {
            "t": self._texts.say(language),
            "fmt": self._formats[language],
            "language": language,
            **facts,
        }
        return HTMLResponse(
            self._environment.get_template(template).render(context),
            status_code=status,
            headers={**self._headers, "Content-Language": language, **(headers or {})},
        )
