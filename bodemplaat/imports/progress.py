"""Progress for people: a bar on a terminal, now and then a line elsewhere."""

from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

SECONDS_BETWEEN_LINES = 5.0


class Progress:
    """A context manager around work of `total` pieces."""

    def __init__(self, console: Console, what: str, total: int) -> None:
        self._console = console
        self._what = what
        self._total = total
        self._done = 0
        self._told = monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=self._console,
            )
            self._bar.start()
            self._bar.add_task(self._what, total=self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif kind is None:
            self._tell()

    def advance(self, pieces: int) -> None:
        self._done += pieces
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0], pieces)
        elif monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._tell()

    def _tell(self) -> None:
        self._told = monotonic()
        self._console.print(f"{self._what}: {self._done}/{self._total}", highlight=False)
