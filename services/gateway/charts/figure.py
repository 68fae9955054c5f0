"""A chart with its legend, for a page."""

from markupsafe import Markup

from services.gateway.charts.plot import Plot
from services.gateway.charts.svg import drawn, key


def figure(plot: Plot, name: str) -> Markup:
    """`name` is unlike that of any other chart on the page."""
    keys = Markup(" ").join(
        Markup('<span class="portal-legend__key">{} {}</span>').format(
            key(number, series, f"{name}-{number}"), series.name
        )
        for number, series in enumerate(plot.series, start=1)
    )
    return Markup(
        '<figure class="portal-chart">'
        '<div class="portal-chart__drawing" role="group" aria-label="{}" tabindex="0">{}</div>'
        '<figcaption class="portal-legend">{}</figcaption></figure>'
    ).format(plot.title, drawn(plot, name), keys)
