"""What is wrong, in words for the operator."""

from dataclasses import asdict, dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where it was found, `what` it is, and what to `do`."""

    check: str
    what: str
    do: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def lasting(time: timedelta) -> str:
    """A span in words, in its largest whole unit."""
    seconds = int(time.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} s"
