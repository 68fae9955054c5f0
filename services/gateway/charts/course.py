"""Figures by label, to be drawn as soon as their words are known: a template has those."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from services.gateway.charts.figure import figure
from services.gateway.charts.plot import Plot, Series

Values = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Bars per label for each of some series, and a level over the label for another."""

    labels: tuple[str, ...]
    bars: tuple[Values, ...]
    step: Values | None

    def drawn(
        self,
        name: str,
        title: str,
        description: str,
        series: Sequence[str],
        step: str,
        write: Callable[[Decimal], str],
    ) -> Markup:
        """With its legend. `name` is unlike that of any other chart on the page."""
        shown = [Series(told, values) for told, values in zip(series, self.bars, strict=True)]
        if self.step is not None:
            shown.append(Series(step, self.step, "step"))
        return figure(Plot(title, description, self.labels, tuple(shown), write), name)


def course(
    rows: Sequence[tuple[str, Mapping[str, Decimal | None]]],
    series: Sequence[str],
    step: str | None = None,
) -> Course:
    """Of rows of a label and its figures by name."""
    return Course(
        tuple(label for label, _ in rows),
        tuple(tuple(figures[name] for _, figures in rows) for name in series),
        tuple(figures[step] for _, figures in rows) if step else None,
    )
