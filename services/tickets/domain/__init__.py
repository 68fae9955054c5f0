"""What a ticket is and may become. Pure: no I/O, no clock of its own, no randomness.

`calendar` counts business time, `catalogue` and `norms` say what was promised, `clock` measures
against it, `ticket` folds events to state, `decisions` turns commands into events, and `replay`
explains afterwards how the clock ran.
"""
