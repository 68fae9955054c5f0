"""Where the centre stands: risks and resilience, treasury, indicators, plans and quotes."""

from typing import Any


async def test_the_register_is_kept_as_it_was_on_any_day(books: Any) -> None:
    now = await books.ask("risks")
    assert [(each["risk"], each["status"]) for each in now["items"]] == [
        ("cyber", "open"),
        ("krapte", "closed"),
    ]
    assert now["totals"] == {
        "open": 1,
        "closed": 1,
        "pro_memoria": 0,
        "gross": "500000.00",
        "net": "200000.00",
    }
    then = await books.ask("risks", on="2026-02-01")
    assert then["totals"] == {
        "open": 2,
        "closed": 0,
        "pro_memoria": 1,
        "gross": "500000.00",
        "net": "300000.00",
    }
    assert (await books.ask("risks", on="2025-11-30"))["items"] == []


async def test_risks_are_found_and_put_in_order(books: Any) -> None:
    assert (await books.ask("risks", status="open"))["total"] == 1
    assert (await books.ask("risks", search="gijzel cyber"))["items"][0]["risk"] == "cyber"
    assert (await books.ask("risks", review_until="2026-06-30"))["items"] == []
    by_amount = await books.ask("risks", sort="-net", size=1)
    assert (by_amount["items"][0]["risk"], by_amount["total"]) == ("cyber", 2)
    assert (await books.ask("risks", sort="net", size=1, page=2))["items"][0]["risk"] == "krapte"


async def test_a_risk_tells_what_each_word_on_it_changed(books: Any) -> None:
    reply = await books.ask("risk", risk="cyber")
    assert (reply["risk"]["net"], reply["risk"]["aggregate_version"]) == ("200000.00", 2)
    first, second = reply["history"]
    assert (first["event"], first["changed"]) == ("risk-registered", [])
    assert first["occurred_at"] == "2025-12-01T09:00:00+00:00"
    assert second["changed"] == [{"field": "net", "before": "300000.00", "after": "200000.00"}]
    events = (await books.ask("finance-events", aggregate="risk/cyber"))["items"]
    assert [each["event_id"] for each in events] == [first["event_id"], second["event_id"]]
    closed = (await books.ask("risk", risk="krapte"))["history"][-1]
    assert (closed["event"], closed["reason"]) == ("risk-closed", "Vacatures vervuld")
    assert (await books.refusal("risk", risk="unknown")).slug == "not-found"


async def test_a_reserve_counts_from_its_day(books: Any) -> None:
    for day, capacity in (("2025-12-31", "0.00"), ("2026-06-30", "100000.00")):
        reply = await books.ask("reserves", on=day)
        assert reply["totals"] == {"capacity": capacity}
    (reserve,) = (await books.ask("reserves", on="2026-07-01"))["items"]
    assert (reserve["amount"], len(reserve["amounts"])) == ("150000.00", 2)


async def test_resilience_is_told_with_its_way_once_per_day_and_way(books: Any) -> None:
    fixed, simulated = (await books.ask("resilience"))["items"]
    assert (fixed["percentage"], fixed["needed"], fixed["version"]) == ("50", "150000.00", 2)
    assert (simulated["certainty"], simulated["runs"], simulated["seed"]) == ("90", 500, 7)
    assert simulated["grade"] == "E"
    assert simulated["risks"][0]["name"] == "Cybercriminaliteit"
    assert (await books.ask("resilience", way="simulation"))["total"] == 1
    assert (await books.ask("resilience", **{"from": "2026-01-02"}))["items"] == []


async def test_loans_are_told_with_what_is_owed_year_by_year(books: Any) -> None:
    reply = await books.ask("loans", year=2026)
    assert [each["balance"] for each in reply["items"]] == ["0.00", "1000000.00"]
    assert reply["totals"] == {
        "principal": "2000000.00",
        "balance": "1000000.00",
        "average_rate": "2.00",
    }
    series = {each["year"]: (each["balance"], each["average_rate"]) for each in reply["series"]}
    assert series == {
        2024: ("1000000.00", "1.00"),
        2025: ("500000.00", "1.00"),
        2026: ("1000000.00", "2.00"),
        2027: ("500000.00", "2.00"),
        2028: ("0.00", None),
    }


async def test_cash_is_told_per_month_and_quarter_and_what_the_supervisor_hears(
    books: Any,
) -> None:
    reply = await books.ask("cash-positions", year=2026)
    (year,) = reply["items"]
    assert [each["floating_debt"] for each in year["months"]] == ["1.00", "2.00", "3.00"]
    (quarter,) = year["quarters"]
    assert (quarter["limit"], quarter["reportable"]) == ("820000.00", True)
    assert reply["reportable"] == [{"year": 2026, "quarter": 1, "in_a_row": 3}]


async def test_interest_risk_is_told_per_year_ahead_as_last_assessed(books: Any) -> None:
    found = (await books.ask("interest-risk"))["items"]
    assert [(each["year"], each["exceeded"]) for each in found] == [(2027, True), (2028, True)]
    assert (await books.ask("interest-risk", to=2027))["total"] == 1


async def test_a_balance_sheet_is_told_with_its_ratios(books: Any) -> None:
    (sheet,) = (await books.ask("balance-sheets"))["items"]
    told = (sheet["solvency"], sheet["corrected_net_debt_quota"], sheet["emu_balance"])
    assert told == ("25.0", None, "-5.00")
    assert sheet["sheet"]["equity"] == "10.00"


async def test_an_indicator_is_told_over_the_years_beside_its_benchmark(books: Any) -> None:
    (indicator,) = (await books.ask("indicators"))["items"]
    first, second = indicator["years"]
    assert (first["benchmark"], first["difference"]) == (None, None)
    assert (second["value"], second["difference"]) == ("5.20", "0.30")


async def test_cost_per_resident_is_counted_over_the_partners(books: Any) -> None:
    reply = await books.ask("cost-per-resident", benchmark="ict-per-inwoner")
    before, year = reply["items"]
    assert [each["amount"] for each in reply["benchmarks"]] == ["5.00", "4.90"]
    assert (before["basis"], before["residents"], before["amount"]) == ("settled", 0, None)
    assert (year["basis"], year["cost"], year["residents"]) == ("booked", "104000.00", 70_000)
    assert (year["amount"], year["benchmark"], year["difference"]) == ("1.49", "4.90", "-3.41")
    assert {"aggregate": "partner/duiven", "first_version": 1, "last_version": 2} in year["sources"]
    (hr,) = (await books.ask("cost-per-resident", pool=["hr"]))["items"]
    assert (hr["year"], hr["basis"], hr["benchmark"]) == (2025, "settled", None)


async def test_a_business_case_stands_planned_against_realised(books: Any) -> None:
    (case,) = (await books.ask("business-cases"))["items"]
    (year,) = case["years"]
    assert (year["costs_realised"], year["costs_variance"]) == ("120.00", "20.00")
    assert (year["net_planned"], year["net_expected"]) == ("-100.00", "-120.00")
    assert (case["payback_planned"], case["payback_expected"]) == ("2027.67", None)
    first, second = case["themes"][0]["years"]
    assert (first["costs_variance"], first["savings_variance"]) == ("20.00", "0.00")
    assert (second["result"], second["costs_variance"]) == (None, None)


async def test_quotes_are_kept_and_stand_side_by_side(books: Any) -> None:
    kept = (await books.ask("quotes"))["items"]
    assert [each["quote"] for each in kept] == ["toetreder-2", "toetreder"]
    beside = await books.ask("quote-comparison", quotes=["toetreder", "toetreder-2"])
    assert beside["totals"] == ["1500.00", "2500.00"]
    assert beside["lines"][0] == {
        "what": "friction",
        "year": None,
        "amounts": ["1000.00", "2000.00"],
    }
    differing = [each["name"] for each in beside["assumptions"] if each["differs"]]
    assert differing == ["friction"]
    refused = await books.refusal("quote-comparison", quotes=["toetreder", "onbekend"])
    assert refused.slug == "not-found"
