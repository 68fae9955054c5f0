"""A caller may come so many times in any minute."""

from types import SimpleNamespace
from typing import Any

import pytest

from services.gateway.errors import RateExceeded
from services.gateway.throttle import Throttle


async def allowed(throttle: Throttle, caller: str, times: int) -> int:
    """How many of so many requests may come."""
    count = 0
    for _ in range(times):
        try:
            await throttle.count(SimpleNamespace(state=SimpleNamespace()), caller)  # type: ignore[arg-type]
            count += 1
        except RateExceeded:
            pass
    return count


async def test_each_caller_has_its_own_minute() -> None:
    throttle = Throttle(10)
    assert await allowed(throttle, "one", 12) == 10
    assert await allowed(throttle, "two", 3) == 3


async def test_who_must_wait_is_told_until_when() -> None:
    throttle = Throttle(2)
    request: Any = SimpleNamespace(state=SimpleNamespace())
    for left in (1, 0):
        await throttle.count(request, "one")
        assert request.state.rate_headers["RateLimit"].startswith(f'"caller";r={left};t=')
    with pytest.raises(RateExceeded) as refused:
        await throttle.count(request, "one")
    assert 1 <= refused.value.params["seconds"] <= 60
