"""Charts, drawn on the server as SVG: the same drawing on a page and in a document.

Colours come from outside, by class: `charts.css` with the design tokens of a house style. The same
figures stand in a table beside each chart.
"""

from services.gateway.charts.course import Course, course
from services.gateway.charts.figure import figure
from services.gateway.charts.plot import Plot, Series
from services.gateway.charts.svg import drawn, key

__all__ = ["Course", "Plot", "Series", "course", "drawn", "figure", "key"]
