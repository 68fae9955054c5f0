"""A caller may come so many times in any minute."""

from types import SimpleNamespace
from typing import Any

import pytest

from services.gateway import throttle
from services.gateway.errors import RateExceeded
from services.gateway.throttle import Throttle

MINUTE = 60.0


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock, in seconds since a whole minute."""

    def set_clock(seconds: float) -> None:
        monkeypatch.setattr(throttle, "time", lambda: 1_000 * MINUTE + seconds)

    return set_clock


def allowed(throttle: Throttle, caller: str, times: int) -> int:
    """How many of so many requests may come."""
    count = 0
    for _ in range(times):
        try:
            throttle.count(SimpleNamespace(state=SimpleNamespace()), caller)  # type: ignore[arg-type]
            count += 1
        except RateExceeded:
            pass
    return count


def test_each_caller_has_its_own_minute(at: Any) -> None:
    at(0)
    throttle = Throttle(10)
    assert allowed(throttle, "one", 12) == 10
    assert allowed(throttle, "two", 3) == 3


def test_a_new_minute_frees_what_the_last_sixty_seconds_no_longer_touch(at: Any) -> None:
    throttle = Throttle(10)
    at(50)
    assert allowed(throttle, "one", 12) == 10
    at(MINUTE + 30)
    assert allowed(throttle, "one", 12) == 5
    at(2 * MINUTE)
    assert allowed(throttle, "one", 12) == 5
    at(4 * MINUTE)
    assert allowed(throttle, "one", 12) == 10


def test_who_must_wait_is_told_until_when(at: Any) -> None:
    throttle = Throttle(6)
    request: Any = SimpleNamespace(state=SimpleNamespace())
    at(45)
    for left in (5, 4, 3, 2, 1, 0):
        throttle.count(request, "one")
        assert request.state.rate_headers["RateLimit"] == f'"caller";r={left};t=15'
    at(MINUTE)
    with pytest.raises(RateExceeded) as refused:
        throttle.count(request, "one")
    assert refused.value.params == {"seconds": 1}
    at(MINUTE + 25)
    with pytest.raises(RateExceeded) as refused:
        [throttle.count(request, "one") for _ in range(6)]
    assert refused.value.params == {"seconds": 5}
