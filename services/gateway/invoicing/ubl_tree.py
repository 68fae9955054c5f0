"""Writing UBL: elements in the order in which they come, each in its namespace."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal

from lxml import etree

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_CAC = f"{_UBL}:CommonAggregateComponents-2"
_CBC = f"{_UBL}:CommonBasicComponents-2"


class Tree:
    """A document of this kind; what is written comes inside the element that is open."""

    def __init__(self, kind: str) -> None:
        own = f"{_UBL}:{kind}-2"
        spaces = {None: own, "cac": _CAC, "cbc": _CBC}
        self._root = etree.Element(f"{{{own}}}{kind}", nsmap=spaces)  # type: ignore[arg-type]
        self._open = self._root

    def text(self, name: str, value: str, **attributes: str) -> None:
        """A basic component: a value."""
        etree.SubElement(self._open, f"{{{_CBC}}}{name}", attrib=attributes).text = value

    def euro(self, name: str, amount: Decimal) -> None:
        self.text(name, f"{amount:.2f}", currencyID="EUR")

    @contextmanager
    def within(self, *names: str) -> Iterator[None]:
        """Aggregate components, the second inside the first."""
        with ExitStack() as stack:
            for name in names:
                stack.enter_context(self._inside(name))
            yield

    @contextmanager
    def _inside(self, name: str) -> Iterator[None]:
        outer = self._open
        self._open = etree.SubElement(outer, f"{{{_CAC}}}{name}")
        try:
            yield
        finally:
            self._open = outer

    def written(self) -> bytes:
        """UTF-8 with an XML declaration."""
        return etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
