"""The figures of the dashboard, in SQL: each over the tickets themselves, by one index.

Bound: `partner`; `requester`, null for all; the period from `start` until `end`; `now`; and
`tomorrow`, the coming midnight in Amsterdam.
"""
# ruff: noqa: S608  only constants of this module are put together; values are bound

_COUNTED = """
    partner = :partner AND cancelled_at IS NULL
    AND (CAST(:requester AS text) IS NULL OR requester = :requester)
"""

OPEN = f"""
    SELECT kind, priority, age, count(*) AS count,
        count(*) FILTER (WHERE out_of_catalogue) AS out_of_catalogue,
        count(*) FILTER (WHERE overdue) AS overdue,
        count(*) FILTER (WHERE at_risk AND NOT overdue) AS at_risk,
        count(*) FILTER (WHERE due_today) AS due_today
    FROM (
        SELECT kind, priority, out_of_catalogue,
            width_bucket(
                extract(epoch FROM CAST(:now AS timestamptz) - opened_at) / 86400,
                ARRAY[1, 3, 7, 14, 30]::numeric[]
            ) AS age,
            coalesce(resolution_due < stopped_at, false)
                OR coalesce(response_due < stopped_at AND responded_at IS NULL, false) AS overdue,
            resolution_at_risk_at IS NOT NULL
                OR (response_at_risk_at IS NOT NULL AND responded_at IS NULL) AS at_risk,
            coalesce(
                paused_at IS NULL AND resolution_due >= :now AND resolution_due < :tomorrow, false
            ) AS due_today
        FROM (
            SELECT *, coalesce(paused_at, :now) AS stopped_at FROM ticket
            WHERE {_COUNTED} AND resolved_at IS NULL
        ) AS open_ticket
    ) AS standing
    GROUP BY kind, priority, age
"""
"""Overdue: a due moment has passed; a paused clock stands at the moment of its pause. At risk:
75 % of the time was used and it is not yet overdue. Due today: the resolution, still to come.
"""

OPENED = f"""
    SELECT CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day, count(*) AS count,
        count(*) FILTER (WHERE out_of_catalogue) AS out_of_catalogue
    FROM ticket WHERE {_COUNTED} AND opened_at >= :start AND opened_at < :end
    GROUP BY day
"""

RESOLVED = f"""
    SELECT CAST(resolved_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day, count(*) AS count
    FROM ticket WHERE {_COUNTED} AND resolved_at >= :start AND resolved_at < :end
    GROUP BY day
"""

RESPONSE = f"""
    SELECT count(within_response) AS counted,
        count(*) FILTER (WHERE within_response) AS within
    FROM ticket WHERE {_COUNTED} AND responded_at >= :start AND responded_at < :end
"""
"""Over tickets that were responded to in the period and had a norm then."""

RESOLUTION = f"""
    SELECT count(within_resolution) AS counted,
        count(*) FILTER (WHERE within_resolution) AS within,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY resolution_seconds) AS median_seconds,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY resolution_seconds) AS p90_seconds
    FROM ticket WHERE {_COUNTED} AND resolved_at >= :start AND resolved_at < :end
"""
"""Within the norm over those that had one; durations over all that were resolved in the period."""

BREACHES = f"""
    SELECT ticket, clock, due, item FROM (
        SELECT ticket, 'response' AS clock, response_due AS due, item,
            response_breached_at AS breached_at
        FROM ticket WHERE {_COUNTED}
            AND response_breached_at >= :start AND response_breached_at < :end
        UNION ALL
        SELECT ticket, 'resolution', resolution_due, item, resolution_breached_at
        FROM ticket WHERE {_COUNTED}
            AND resolution_breached_at >= :start AND resolution_breached_at < :end
    ) AS breach
    ORDER BY breached_at DESC, ticket, clock
"""

GENERATED = f"""
    SELECT count(*) AS count FROM ticket
    WHERE {_COUNTED} AND generated AND (
        resolved_at IS NULL
        OR (opened_at >= :start AND opened_at < :end)
        OR (resolved_at >= :start AND resolved_at < :end)
    )
"""
"""Tickets among those of the figures that were made to reach published totals."""
