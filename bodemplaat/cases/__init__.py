"""Cooperations as data: read from `cases/<name>/`, checked, and played in through commands."""
