"""The statements on corrections and their previews."""
# ruff: noqa: S608  only constants of this module are put together; values are bound

from sqlalchemy import text

_STATE = "version = :version, status = :status, state = CAST(:state AS jsonb)"
GET = text("SELECT state, progress FROM correction WHERE number = :number FOR UPDATE")
ADD = text("""
    INSERT INTO correction (number, version, status, state, progress)
    VALUES (:number, :version, :status, CAST(:state AS jsonb), CAST(:progress AS jsonb))
""")
SAVE = text(f"""
    UPDATE correction SET {_STATE}, progress = CAST(:progress AS jsonb) WHERE number = :number
""")

_CANDIDATE = """
    (state->>'last_at')::timestamptz >= :since
    AND (CAST(:kind AS text) IS NULL OR state->>'kind' = :kind)
"""
CANDIDATES = text(f"""
    SELECT number FROM ticket WHERE number > :after AND {_CANDIDATE}
    ORDER BY number LIMIT :batch
""")
COUNT_CANDIDATES = text(f"SELECT count(*) FROM ticket WHERE {_CANDIDATE}")

_THESE = "= ANY(CAST(:numbers AS text[]))"
HISTORIES = text(f"""
    SELECT aggregate, envelope FROM event_log WHERE aggregate {_THESE} ORDER BY aggregate, version
""")
LOCK = text(f"SELECT number, state FROM ticket WHERE number {_THESE} ORDER BY number FOR UPDATE")
SAVE_TICKETS = text("""
    UPDATE ticket SET version = t.version, state = t.state::jsonb
    FROM unnest(
        CAST(:numbers AS text[]), CAST(:versions AS integer[]), CAST(:states AS text[])
    ) AS t(number, version, state)
    WHERE ticket.number = t.number
""")

_EFFECT = (
    "partner",
    "kind",
    "domain",
    "item",
    "priority",
    "status",
    "opened_at",
    "version",
    "changes",
    "applied",
    "response_before",
    "response_after",
    "resolution_before",
    "resolution_after",
)
KEEP = text(f"""
    INSERT INTO corrected_ticket (correction, ticket, "before", "after", {", ".join(_EFFECT)})
    VALUES (
        :number, :ticket, CAST(:before AS jsonb), CAST(:after AS jsonb),
        {", ".join(f":{name}" for name in _EFFECT)}
    )
    ON CONFLICT (correction, ticket) DO UPDATE SET
        "before" = excluded."before", "after" = excluded."after",
        {", ".join(f"{name} = excluded.{name}" for name in _EFFECT)}
""")
SETTLE = text(f"""
    UPDATE corrected_ticket SET applied = true WHERE correction = :number AND ticket {_THESE}
""")
FORGET = text(f"DELETE FROM corrected_ticket WHERE correction = :number AND ticket {_THESE}")

_MOVED = """
    FROM corrected_ticket AS kept JOIN ticket ON ticket.number = kept.ticket
    WHERE kept.correction = :number AND ticket.version <> kept.version
"""
MOVED = text(f"SELECT kept.ticket {_MOVED} ORDER BY kept.ticket LIMIT :batch")
COUNT_MOVED = text(f"SELECT count(*) {_MOVED}")
WAITING = text("""
    SELECT ticket FROM corrected_ticket WHERE correction = :number AND NOT applied
    ORDER BY ticket LIMIT :batch
""")

_CLOCKS = ("response_before", "response_after", "resolution_before", "resolution_after")
COUNTS = ", ".join(
    [
        "count(*) AS concerned",
        "count(*) FILTER (WHERE changes) AS changed",
        "count(*) FILTER (WHERE applied) AS applied",
        *(f"count({name}) AS {name}_counted" for name in _CLOCKS),
        *(f"count(*) FILTER (WHERE {name}) AS {name}_within" for name in _CLOCKS),
    ]
)
"""Of rows of `corrected_ticket`: what `CorrectionTotals` holds."""
TOTALS = text(f"SELECT {COUNTS} FROM corrected_ticket WHERE correction = :number")

_SCOPE = "(CAST(:partners AS text[]) IS NULL OR partner = ANY(CAST(:partners AS text[])))"
_TOLD = f"""
    SELECT number, correction.version, correction.status, state, progress, effect.* FROM correction
    CROSS JOIN LATERAL (
        SELECT {COUNTS} FROM corrected_ticket AS kept WHERE kept.correction = number AND {_SCOPE}
    ) AS effect
    WHERE (CAST(:partners AS text[]) IS NULL OR effect.concerned > 0)
"""
"""Each correction with its figures, as far as the caller's partners go."""
LISTED = text(f"{_TOLD} ORDER BY number DESC LIMIT :limit OFFSET :offset")
COUNT_LISTED = text(f"""
    SELECT count(*) FROM correction WHERE CAST(:partners AS text[]) IS NULL OR EXISTS (
        SELECT FROM corrected_ticket AS kept WHERE kept.correction = number AND {_SCOPE}
    )
""")
TOLD = text(f"{_TOLD} AND number = :number")
PER = {
    name: text(f"""
        SELECT {name} AS name, {COUNTS} FROM corrected_ticket
        WHERE correction = :number AND {_SCOPE} GROUP BY {name} ORDER BY {name} NULLS LAST
    """)
    for name in ("partner", "domain", "item")
}

_TURNS = """
    coalesce(NOT response_{0} AND response_{1}, false)
    OR coalesce(NOT resolution_{0} AND resolution_{1}, false)
"""
_OF_PREVIEW = f"""
    FROM corrected_ticket WHERE correction = :number AND {_SCOPE}
    AND (CAST(:partner AS text) IS NULL OR partner = :partner)
    AND (CAST(:domain AS text) IS NULL OR domain = :domain)
    AND (CAST(:item AS text) IS NULL OR coalesce(item, '-') = :item)
    AND (changes OR NOT :changed)
    AND CASE CAST(:turned AS text)
        WHEN 'in-time' THEN {_TURNS.format("before", "after")}
        WHEN 'late' THEN {_TURNS.format("after", "before")}
        ELSE true END
"""
TICKETS = text(f"""
    SELECT ticket, partner, kind, domain, item, priority, status, opened_at, changes, applied,
        "before", "after"
    {_OF_PREVIEW} ORDER BY ticket LIMIT :limit OFFSET :offset
""")
COUNT_TICKETS = text(f"SELECT count(*) {_OF_PREVIEW}")
