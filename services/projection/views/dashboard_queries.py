"""The figures of the dashboard, in SQL: each over the tickets themselves, by one index.

Bound: `partner`; the period from `start` until `end`, and the `starts` and `ends` of its days in
Amsterdam; `now`; `tomorrow`, the coming midnight there; and `requester`, where only those of one
requester count. What was opened, resolved and responded to is read from the indexes alone: they
hold all columns that are named here. A day is a range of such an index: to tell of each ticket on
which day it came costs four times as much.
"""
# ruff: noqa: S608  only constants of this module are put together; values are bound

NAMES = ("standing", "opened", "resolved", "response", "resolution", "breaches")
BREACHES = 50
"""Breaches that are listed, newest first."""

_COUNTED = "partner = :partner AND cancelled_at IS NULL"
_OWN = "requester = :requester"
_DAYS = """
    unnest(CAST(:starts AS timestamptz[]), CAST(:ends AS timestamptz[]))
        WITH ORDINALITY AS day(start, until, place)
"""
_ELSEWHEN = "generated AND NOT (opened_at >= :start AND opened_at < :end)"


def figures(*, own: bool) -> str:
    """The statement: one row, in which each figure is a JSON array of its rows, or null.

    With `own`, over the tickets of one requester.
    """
    counted = f"{_COUNTED} AND {_OWN}" if own else _COUNTED
    made = (_standing, _opened, _resolved, _response, _resolution, _breaches)
    columns = (
        f"(SELECT json_agg(f) FROM ({query(counted)}) AS f) AS {name}"
        for name, query in zip(NAMES, made, strict=True)
    )
    return f"WITH resolved_on AS ({_resolved_on(counted)}) SELECT {', '.join(columns)}"


def _standing(counted: str) -> str:
    """The open tickets, by kind, priority and place of their age in days.

    Overdue: a due moment has passed; a paused clock stands at the moment of its pause. At risk:
    75 % of the time was used and it is not yet overdue. Due today: the resolution, still to come.
    """
    return f"""
    SELECT kind, priority, age, count(*) AS count,
        count(*) FILTER (WHERE out_of_catalogue) AS out_of_catalogue,
        count(*) FILTER (WHERE overdue) AS overdue,
        count(*) FILTER (WHERE at_risk AND NOT overdue) AS at_risk,
        count(*) FILTER (WHERE due_today) AS due_today,
        count(*) FILTER (WHERE {_ELSEWHEN}) AS generated
    FROM (
        SELECT kind, priority, out_of_catalogue, generated, opened_at,
            width_bucket(
                CAST(:now AS timestamptz) - opened_at,
                '{{1 day, 3 days, 7 days, 14 days, 30 days}}'::interval[]
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
            WHERE {counted} AND resolved_at IS NULL
        ) AS open_ticket
    ) AS standing
    GROUP BY kind, priority, age
    """


def _opened(counted: str) -> str:
    """By the place of the day in the period, from 1."""
    return f"""
    SELECT place, of_day.* FROM {_DAYS} CROSS JOIN LATERAL (
        SELECT count(*) AS count,
            count(*) FILTER (WHERE out_of_catalogue) AS out_of_catalogue,
            count(*) FILTER (WHERE generated) AS generated
        FROM ticket WHERE {counted} AND opened_at >= day.start AND opened_at < day.until
    ) AS of_day
    """


def _resolved_on(counted: str) -> str:
    """By day, with the business seconds of each; within the norm over those that had one."""
    return f"""
    SELECT place, of_day.* FROM {_DAYS} CROSS JOIN LATERAL (
        SELECT count(*) AS count, count(within_resolution) AS counted,
            count(*) FILTER (WHERE within_resolution) AS within,
            count(*) FILTER (WHERE {_ELSEWHEN}) AS generated,
            array_agg(resolution_seconds) AS durations
        FROM ticket WHERE {counted} AND resolved_at >= day.start AND resolved_at < day.until
    ) AS of_day
    """


def _resolved(_: str) -> str:
    return "SELECT place, count, counted, within, generated FROM resolved_on"


def _response(counted: str) -> str:
    """Over tickets that were responded to in the period and had a norm then."""
    return f"""
    SELECT count(within_response) AS counted,
        count(*) FILTER (WHERE within_response) AS within
    FROM ticket WHERE {counted} AND responded_at >= :start AND responded_at < :end
    """


def _resolution(_: str) -> str:
    """Over all that were resolved in the period; null of none."""
    return """
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS median_seconds,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS p90_seconds
    FROM resolved_on, unnest(durations) AS seconds
    """


def _breaches(counted: str) -> str:
    arms = " UNION ALL ".join(_breach(counted, clock) for clock in ("response", "resolution"))
    return f"""
    SELECT ticket, clock, due, item FROM ({arms}) AS breach
    ORDER BY breached_at DESC, ticket, clock LIMIT {BREACHES}
    """


def _breach(counted: str, clock: str) -> str:
    return f"""(
        SELECT ticket, '{clock}' AS clock, {clock}_due AS due, item,
            {clock}_breached_at AS breached_at
        FROM ticket WHERE {counted}
            AND {clock}_breached_at >= :start AND {clock}_breached_at < :end
        ORDER BY breached_at DESC, ticket LIMIT {BREACHES}
    )"""
