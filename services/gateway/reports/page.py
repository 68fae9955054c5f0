"""A report as a page by itself: its words, drawings and style sheets in one file."""

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from contracts.reports import Report
from services.gateway.house import STATIC, Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.charts import figure
from services.gateway.reports.words import FIGURES, Words

TEMPLATES = Path(__file__).parents[1] / "portal" / "templates"
SHEETS = ("portal.css", "charts.css", "alone.css")


def page(report: Report, texts: Texts, language: Language, houses: Houses) -> bytes:
    """HTML in UTF-8 that fetches nothing from elsewhere and leads nowhere."""
    words = Words(texts, language)
    sheet = "\n".join((STATIC / name).read_text("utf-8") for name in SHEETS)
    tokens = houses.tokens(report.theme).used_by(sheet)
    return (
        _environment()
        .get_template("report_alone.html")
        .render(
            report=report,
            words=words,
            t=words.say,
            language=language,
            styles=Markup(f"{tokens}\n{sheet}"),  # noqa: S704 - ours, and checked at start
            drawn=partial(figure, words),
            numeric=FIGURES,
            opens=lambda _: None,
            leads=lambda *_: None,
        )
        .encode()
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
