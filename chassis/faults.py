"""Named points at which a process ends when it is asked to, as if it were killed there.

They stand where a crash would hurt most. Tests enumerate `POINTS`, end a process at each, start
it again and check that nothing was lost and nothing doubled. Unarmed, a point costs one look-up.
"""

import os
import signal
from types import MappingProxyType

POINTS = MappingProxyType(
    {
        "command.before-commit": "everything is written, nothing is committed",
        "command.after-commit": "committed, but the relay has not been woken and nobody answered",
        "relay.before-publish": "rows are read, nothing is published",
        "relay.in-batch": "part of an atomic batch is sent, its commit is not",
        "relay.after-publish": "the stream has the events, the rows are not marked",
        "relay.after-mark": "the rows are marked",
        "consumer.before-commit": "an event is handled, nothing is committed",
        "consumer.after-commit": "committed, but not acknowledged",
        "timer.before-commit": "a timer is handled, nothing is committed",
        "timer.after-commit": "a timer has fired",
        "projection.before-commit": "a batch is folded, nothing is committed",
        "projection.after-commit": "rows and checkpoint are committed, nobody was told",
    }
)

_armed: dict[str, int] = {}


def arm(fault: str) -> None:
    """Arm `<point>` or `<point>:<n>`: the process ends the n-th time that it gets there.

    Raises `ValueError` for a point that does not exist.
    """
    point, _, times = fault.partition(":")
    if point not in POINTS:
        raise ValueError(f"no fault point {point!r}; there are: {', '.join(POINTS)}")
    _armed[point] = int(times or 1)


def reach(point: str) -> None:
    """The process is at this point; when it is armed, it ends here without any clean-up."""
    if point in _armed:
        _armed[point] -= 1
        if _armed[point] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
