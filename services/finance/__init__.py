"""Money: what things cost, who pays which part and why, risk and resilience, treasury, plans.

Owns budgets, bookings, methods of charging, charging runs, invoices, the risk register, loans,
cash positions, balance sheets, indicators, business cases and quotes. Publishes the events of
`contracts.finance`; consumes those of `contracts.catalog`, of which it keeps a copy.
"""
