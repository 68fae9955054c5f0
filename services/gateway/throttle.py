"""How often one caller may come: a sliding window of a minute, counted in this process.

Told in the `RateLimit` and `RateLimit-Policy` headers (draft-ietf-httpapi-ratelimit-headers).
"""

from collections import Counter
from math import ceil, floor
from time import time

from starlette.requests import Request

from services.gateway.errors import RateExceeded

WINDOW_SECONDS = 60


class Throttle:
    """Counts requests per caller, in this minute and the one before.

    Those of the minute before count for the share of it that the last sixty seconds still touch.
    """

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._policy = f'"caller";q={per_minute};w={WINDOW_SECONDS}'
        self._minute = 0
        self._counts: Counter[str] = Counter()
        self._before: Counter[str] = Counter()

    def count(self, request: Request, caller: str) -> None:
        """Raises `RateExceeded` when the caller has used up the minute's requests.

        Leaves the headers that tell what is left in `request.state.rate_headers`.
        """
        minute, passed = divmod(time(), WINDOW_SECONDS)
        self._turn_to(int(minute))
        left = WINDOW_SECONDS - passed
        before = self._before[caller]
        free = self._most - floor(before * left / WINDOW_SECONDS) - self._counts[caller]
        if free > 0:
            self._counts[caller] += 1
        seconds = max(1, ceil(left % (WINDOW_SECONDS / before) if before else left))
        request.state.rate_headers = {
            "RateLimit-Policy": self._policy,
            "RateLimit": f'"caller";r={max(0, free - 1)};t={seconds}',
        }
        if free <= 0:
            raise RateExceeded(seconds=seconds)

    def _turn_to(self, minute: int) -> None:
        if minute != self._minute:
            self._before = self._counts if minute == self._minute + 1 else Counter()
            self._counts = Counter()
            self._minute = minute
