"""The pages under `docs/` that are made from the contracts."""

from collections.abc import Iterator
from importlib.metadata import version

from contracts.documents.asyncapi import asyncapi
from contracts.documents.catalogue import event_catalogue
from contracts.documents.published import pretty


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page."""
    yield "event-catalogue.md", event_catalogue()
    yield "asyncapi.json", pretty(asyncapi(version("bodemplaat")))
