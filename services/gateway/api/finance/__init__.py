"""Finance over HTTP: cost and charging, risk and resilience, treasury, plans, and their sources."""

from services.gateway.api.finance import costs, plans, quotes, risks, runs, sources, treasury

PARTS = (costs, runs, risks, treasury, plans, quotes, sources)
"""Each has a `router`."""
