"""How often Python looks for cycles of objects that nothing else refers to."""

import gc

SELDOM = (20_000, 20, 20)
"""At the usual 700 new objects, taking in a batch of a thousand events spent a third of its time
on it."""


def look_seldom() -> None:
    """From now on. What is there by now stays, and is not looked at any more."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
