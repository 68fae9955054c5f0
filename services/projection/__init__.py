"""Partner-facing read models: tickets with their timelines, the catalogue, the partners, finance.

Owns no facts: all of it is folded from the domain stream and can be made again from its first
event. Publishes `live.tickets.<partner>` after each change; consumes every event of `catalog`,
`tickets` and `finance`.
"""
