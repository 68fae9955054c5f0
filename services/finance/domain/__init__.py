"""Pure decisions and calculations of `finance`: exact decimals, no I/O, no clock."""
