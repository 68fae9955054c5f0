"""Budget against bookings, charging and its runs: what the controller sees, and what a partner."""

from typing import Any

from chassis.client import Caller

CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))


async def test_a_budget_stands_against_what_was_booked(books: Any) -> None:
    reply = await books.ask("budgets", year=2026)
    (ict,) = reply["items"]
    told = (ict["original"], ict["amended"], ict["budget"], ict["booked"], ict["remaining"])
    assert told == ("360000.00", "20000.00", "380000.00", "104000.00", "276000.00")
    assert ict["structural"] == {
        "budget": "320000.00",
        "booked": "94000.00",
        "remaining": "226000.00",
    }
    assert ict["incidental"]["booked"] == "10000.00"
    assert (ict["shared"], ict["direct"]) == (
        "100000.00",
        {"duiven": "1500.00", "zevenaar": "2500.00"},
    )
    assert ict["months"] == {"2": "90000.00", "3": "14000.00"}
    assert (ict["aggregate"], ict["aggregate_version"]) == ("pool/2026-ict", 6)
    assert reply["totals"]["remaining"] == ict["remaining"]


async def test_the_forecast_goes_on_with_structural_cost_only(books: Any) -> None:
    (ict,) = (await books.ask("budgets", year=2026))["items"]
    assert ict["forecast"] == "386000.00"  # 94,000 in three months, and 10,000 once
    (hr,) = (await books.ask("budgets", year=2025))["items"]
    assert (hr["closed"], hr["forecast"]) == (True, "0.00")


async def test_an_amendment_is_dated_and_leaves_the_original_as_it_was(books: Any) -> None:
    (ict,) = (await books.ask("budgets", pool="ict"))["items"]
    (amendment,) = ict["amendments"]
    assert (amendment["amended_on"], amendment["version"]) == ("2026-05-12", 2)
    licences, replacement = ict["lines"]
    assert (licences["original"], licences["budget"]) == ("300000.00", "320000.00")
    assert (replacement["structural"], replacement["budget"]) == (False, "60000.00")
    assert (licences["booked"], replacement["booked"]) == (None, "10000.00")


async def test_a_partner_sees_what_all_share_and_its_own(books: Any) -> None:
    (ict,) = (await books.ask("budgets", CLIENT, year=2026))["items"]
    assert (ict["booked"], ict["direct"]) == ("102500.00", {"zevenaar": "2500.00"})
    assert ict["months"]["3"] == "12500.00"
    assert ict["structural"]["booked"] == "92500.00"
    found = await books.ask("bookings", CLIENT, sort="booking")
    assert [item["booking"] for item in found["items"]] == ["B-1", "B-2", "B-4"]
    assert found["totals"] == {"amount": "102500.00"}
    assert (await books.refusal("bookings", CLIENT, partner="duiven")).slug == "not-found"


async def test_bookings_are_found_and_put_in_order(books: Any) -> None:
    found = await books.ask("bookings", sort="-amount", size=2)
    assert [item["amount"] for item in found["items"]] == ["90000.00", "10000.00"]
    assert (found["total"], found["totals"]) == (4, {"amount": "104000.00"})
    (other,) = (await books.ask("bookings", size=3, page=2, sort="booked_on"))["items"]
    assert other["booking"] == "B-4"
    assert (await books.ask("bookings", structural=False))["items"][0]["booking"] == "B-2"
    assert (await books.ask("bookings", search="software"))["items"][0]["booking"] == "B-1"
    assert (await books.ask("bookings", partner="duiven", year=2026))["total"] == 1
    assert (await books.ask("bookings", pool="hr"))["items"] == []
    refused = await books.refusal("bookings", sort="colour")
    assert (refused.slug, refused.field) == ("sort-unknown", "sort")


async def test_a_booking_is_opened_to_its_event(books: Any) -> None:
    (booking,) = (await books.ask("bookings", search="B-2"))["items"]
    version = booking["aggregate_version"]
    (event,) = (
        await books.ask(
            "finance-events",
            aggregate=booking["aggregate"],
            first_version=version,
            last_version=version,
        )
    )["items"]
    assert (event["event_id"], event["data"]["booking"]) == (booking["event_id"], "B-2")
    assert event["stream_sequence"] == booking["stream_sequence"]


async def test_a_method_holds_until_the_next_and_tells_a_partner_its_own_share(
    books: Any,
) -> None:
    (pool,) = (await books.ask("charging-methods"))["items"]
    first, second = pool["methods"]
    assert (first["valid_until"], second["valid_until"]) == ("2025-12-31", None)
    assert second["method"]["shares"] == {"zevenaar": "62.5", "duiven": "37.5"}
    (pool,) = (await books.ask("charging-methods", CLIENT, pool="ict"))["items"]
    assert pool["methods"][1]["method"]["shares"] == {"zevenaar": "62.5"}
    events = (await books.ask("finance-events", CLIENT, aggregate="method/ict"))["items"]
    assert [each["data"]["method"]["shares"] for each in events] == [
        {"zevenaar": "60"},
        {"zevenaar": "62.5"},
    ]


async def test_a_run_tells_what_it_froze_and_the_parts_that_one_may_see(books: Any) -> None:
    newest, first = (await books.ask("charging-runs", year=2026))["items"]
    assert (newest["run"], first["run"]) == ("2026-q2", "2026-q1")
    assert (first["catalogue_sequence"], first["pools"]) == (
        4,
        [{"pool": "ict", "version": 2, "amount": "90000.00"}],
    )
    told = {part["partner"]: (part["due"], part["invoice"]) for part in first["parts"]}
    assert told == {"zevenaar": ("56250.00", None), "duiven": ("33750.00", "F2026-00001")}
    (own,) = (await books.ask("charging-runs", CLIENT, run="2026-q1"))["items"][0]["parts"]
    assert (own["partner"], own["lines"]) == ("zevenaar", 1)


async def test_the_lines_of_a_run_name_their_sources(books: Any) -> None:
    reply = await books.ask("charging-lines", run="2026-q1")
    assert (reply["total"], reply["totals"]) == (2, {"amount": "90000.00"})
    (line,) = (await books.ask("charging-lines", CLIENT, run="2026-q1"))["items"]
    (source,) = line["sources"]
    events = (await books.ask("finance-events", CLIENT, **source))["items"]
    assert [event["type"].split(".")[3] for event in events] == ["budget-set", "budget-amended"]
    assert (await books.ask("charging-lines", run="2026-q4"))["items"] == []
    refused = await books.refusal("charging-lines", CLIENT, run="2026-q1", partner="duiven")
    assert refused.slug == "not-found"


async def test_logged_time_is_opened_by_its_place_on_the_stream(books: Any) -> None:
    asked = {"aggregate": "evt.tickets.time-logged", "first_version": books.last}
    (event,) = (await books.ask("finance-events", CLIENT, **asked))["items"]
    assert (event["stream_sequence"], event["data"]["minutes"]) == (books.last, 45)
    other = Caller("p-2", frozenset({"client"}), frozenset({"duiven"}))
    assert (await books.ask("finance-events", other, **asked))["items"] == []


async def test_a_partner_reads_its_year(books: Any) -> None:
    own = await books.ask("own-costs", CLIENT, partner="zevenaar", year=2026)
    assert own["charged"] == "113125.00"
    assert own["whole_year"] == "228125.00"  # 181 of 365 days
    assert (own["direct"], own["users"], own["settlement"]) == ("2500.00", 410, None)
    (ict,) = own["pools"]
    assert (ict["charged"], ict["settled"], ict["budget"]) == ("113125.00", None, "380000.00")
    assert own["sources"][1] == {
        "aggregate": "run/2026-q1",
        "first_version": 2,
        "last_version": 2,
    }
    duiven = await books.ask("own-costs", partner="duiven", year=2026)
    assert duiven["invoiced"] == "33750.00"
    refused = await books.refusal("own-costs", CLIENT, partner="duiven", year=2026)
    assert refused.slug == "not-found"


async def test_counts_of_users_are_each_partners_own(books: Any) -> None:
    assert (await books.ask("user-counts", year=2026))["total"] == 2
    (own,) = (await books.ask("user-counts", CLIENT))["items"]
    assert (own["partner"], own["users"]) == ("zevenaar", 410)


async def test_closed_years_are_told(books: Any) -> None:
    (closed,) = (await books.ask("settlements", CLIENT))["items"]
    assert (closed["year"], closed["closed_at"]) == (2025, "2026-03-01T09:00:00+00:00")
