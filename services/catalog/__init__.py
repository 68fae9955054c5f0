"""Who the partners are, what is delivered to them, at which level, under which agreement.

Owns partners, service calendars, catalogue items, service levels, experience targets and
agreements, each dated: a change holds from a date on, and what was set before keeps its terms.
Publishes the events of `contracts.catalog`; consumes none.
"""
