"""How often one caller may come: a sliding window of a minute, counted in this process.

Told in the `RateLimit` and `RateLimit-Policy` headers (draft-ietf-httpapi-ratelimit-headers).
"""

from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request

from services.gateway.errors import RateExceeded

WINDOW_SECONDS = 60


class Throttle:
    """Counts requests per caller."""

    def __init__(self, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._policy = f'"caller";q={per_minute};w={WINDOW_SECONDS}'

    async def count(self, request: Request, caller: str) -> None:
        """Raises `RateExceeded` when the caller has used up the minute's requests.

        Leaves the headers that tell what is left in `request.state.rate_headers`.
        """
        allowed = await self._limiter.hit(self._limit, caller)
        window = await self._limiter.get_window_stats(self._limit, caller)
        seconds = max(1, ceil(window.reset_time - time()))
        request.state.rate_headers = {
            "RateLimit-Policy": self._policy,
            "RateLimit": f'"caller";r={window.remaining};t={seconds}',
        }
        if not allowed:
            raise RateExceeded(seconds=seconds)
