"""Charts, drawn on the server as SVG: the same drawing on a page and in a document.

Colours come from outside, by class: the portal's style sheet on a page, `style.inked` elsewhere.
The same figures stand in a table beside each chart.
"""

from services.gateway.charts.plot import Plot, Series
from services.gateway.charts.svg import drawn, key

__all__ = ["Plot", "Series", "drawn", "key"]
