"""Reports of a centre of which nothing was recorded yet say so, part by part."""

from typing import Any

import pytest

from contracts.reports import Paragraph
from services.gateway.language import LANGUAGES, Texts
from services.projection.folds.sources import SOURCES

PERIODS = {"annual": "2026", "board": "2026-Q1", "business-case": "2026", "benchmark": "2026"}
MORE_THAN_NOTHING = {"tickets"}
"""Sections that count, and count none."""


@pytest.mark.parametrize("name", sorted(PERIODS))
async def test_every_part_says_that_there_is_nothing(
    nothing_told: Any, name: str, untold: Any
) -> None:
    report = await nothing_told.report(name, period=PERIODS[name])
    assert report.sections
    for section in report.sections:
        if section.key not in MORE_THAN_NOTHING:
            (block,) = section.blocks
            assert isinstance(block, Paragraph)
            assert block.text.startswith("report-finance-no-")
    assert untold(report) == []


def test_every_event_that_a_figure_may_open_to_has_a_name(texts: Texts) -> None:
    names = {type_.split(".")[-2] for type_ in SOURCES} - {"time-logged"}
    missing = [
        f"{language} {name}"
        for name in sorted(names)
        for language in LANGUAGES
        if not texts.has(language, f"report-event-{name}")
    ]
    assert missing == []
