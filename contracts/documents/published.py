"""The published schemas and samples on disk: new ones are added, none is ever changed.

A schema is known to strangers by its address, and they keep a copy of it. So a version that is
in the repository stays as it is; whoever needs another shape makes the next version.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.documents.samples import golden_sample
from contracts.documents.schemas import published_schema
from contracts.registry import DomainEvent, events

FOLDER = Path(__file__).parents[1] / "schemas"


class PublishedVersionChangedError(Exception):
    """An event class no longer gives what has been published under its version."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths
        super().__init__(
            "published versions never change; make a next version instead of changing "
            + ", ".join(paths)
        )


def documents() -> Iterator[tuple[str, str]]:
    """Path under the folder and text of every schema and sample that the code gives today."""
    for event in events():
        name = f"{event.context}/{event.event_name}.v{event.event_version}"
        yield f"{name}.json", pretty(published_schema(event))
        yield f"{name}.sample.json", pretty(sample_message(event))


def sample_message(event: type[DomainEvent]) -> Mapping[str, Any]:
    message: Mapping[str, Any] = json.loads(golden_sample(event).to_json())
    return message


def pretty(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def changed(folder: Path = FOLDER) -> list[str]:
    """Published files that the code contradicts, or whose event has gone."""
    today = dict(documents())
    on_disk = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.json"))}
    return [
        name
        for name, path in on_disk.items()
        if today.get(name) != path.read_text(encoding="utf-8")
    ]


def missing(folder: Path = FOLDER) -> list[str]:
    """What the code gives and has not been published yet."""
    return [name for name, _ in documents() if not (folder / name).exists()]


def publish(folder: Path = FOLDER) -> list[str]:
    """Write what is missing and name it.

    Raises `PublishedVersionChangedError` when the code contradicts a published file; nothing has
    been written then.
    """
    if contradicted := changed(folder):
        raise PublishedVersionChangedError(contradicted)
    added = missing(folder)
    today = dict(documents())
    for name in added:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(today[name], encoding="utf-8")
    return added
