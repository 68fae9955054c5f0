"""A case that breaks a rule is refused with the file, the key and the rule."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from bodemplaat.cases.errors import CaseInvalid, CaseUnknown
from bodemplaat.cases.loader import FOLDER, load, load_people, names
from bodemplaat.cases.model import Case


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "de-liemers", tmp_path / "de-liemers")
    return tmp_path


def broken(copy: Path, file: str, old: str, new: str) -> list[str]:
    path = copy / "de-liemers" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseInvalid) as raised:
        load("de-liemers", copy)
    return [str(problem) for problem in raised.value.problems]


def test_every_case_of_the_checkout_holds_together() -> None:
    assert "de-liemers" in names()
    for name in names():
        load(name)


def test_de_liemers_has_its_published_figures(case: Case) -> None:
    years = {row.year for row in case.partners.statistics}
    for year in years:
        rows = [row for row in case.partners.statistics if row.year == year]
        assert sum(row.residents for row in rows) == 85_000
        assert {row.partner: row.key_percentage for row in rows} == {
            "zevenaar": Decimal(52),
            "1stroom": Decimal(48),
        }
        assert {row.basis.key_percentage for row in rows} == {"published"}


def test_every_role_can_log_in_locally() -> None:
    people = load_people("de-liemers")
    centre = {role for person in people if person.partners == ("*",) for role in person.roles}
    assert centre == {"agent", "catalogue-manager", "controller", "privacy-officer"}
    for partner in ("zevenaar", "1stroom"):
        theirs = {role for each in people if each.partners == (partner,) for role in each.roles}
        assert theirs == {
            "user",
            "functional-administrator",
            "contract-manager",
            "client",
            "owner",
        }


def test_an_unknown_case_is_named_with_those_that_exist() -> None:
    with pytest.raises(CaseUnknown, match="de-liemers"):
        load("../de-liemers")


def test_a_wrong_value_is_named_with_file_and_key(copy: Path) -> None:
    (problem,) = broken(copy, "partners.toml", "00000099000000052001", "52001")
    assert problem.startswith("partners.toml: partners.0.oin: ")


def test_a_misspelt_key_is_refused(copy: Path) -> None:
    problems = broken(copy, "agreements.toml", "reopen_days", "reopen_dayz")
    assert problems == ["agreements.toml: agreements.0.reopen_dayz: extra inputs are not permitted"]


def test_a_file_that_is_no_toml_is_refused(copy: Path) -> None:
    (problem,) = broken(copy, "people.toml", "[[people]]", "[[people]")
    assert problem.startswith("people.toml: is not TOML: ")


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "de-liemers" / "calendars.toml").unlink()
    with pytest.raises(CaseInvalid, match=r"calendars\.toml: is missing"):
        load("de-liemers", copy)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "partners.toml",
            'key_percentage = "52"',
            'key_percentage = "51"',
            "statistics.key_percentage: the key of 2020 adds up to 99, not to 100",
        ),
        (
            "agreements.toml",
            '"ICT-WP-11"',
            '"ICT-WP-99"',
            "agreements.0.items.14: no item 'ICT-WP-99' in catalogue.toml",
        ),
        (
            "service-levels.toml",
            '"kantooruren"',
            '"winkeltijden"',
            "service_levels.0.calendar: no calendar 'winkeltijden' in calendars.toml",
        ),
        (
            "service-levels.toml",
            "resolution_minutes = 240",
            "resolution_minutes = 24",
            "service_levels.0.resolution_minutes: is shorter than response_minutes",
        ),
        (
            "people.toml",
            'partners = ["zevenaar"]',
            'partners = ["duiven"]',
            "people.0.partners: no partner 'duiven' in partners.toml",
        ),
        (
            "tickets.toml",
            "zevenaar = 52",
            "duiven = 52",
            "shares: no partner 'duiven' in partners.toml",
        ),
    ],
)
def test_files_that_contradict_each_other_are_refused(
    copy: Path, file: str, old: str, new: str, problem: str
) -> None:
    assert f"{file}: {problem}" in broken(copy, file, old, new)


def test_everything_that_is_wrong_is_told_at_once(copy: Path) -> None:
    path = copy / "de-liemers" / "calendars.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2015-01-01", '"ooit"'))
    problems = broken(copy, "partners.toml", "municipality", "gemeente")
    assert {problem.split(":")[0] for problem in problems} == {"partners.toml", "calendars.toml"}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "charging.toml",
            'pool = "programma"',
            'pool = "programme"',
            "charging.toml: methods.0.pool: no budget for pool 'programme' in budgets.toml",
        ),
        (
            "charging.toml",
            'invoices = ["zevenaar"',
            'invoices = ["doesburg"',
            "charging.toml: runs.0.invoices: no partner 'doesburg' in partners.toml",
        ),
        (
            "charging.toml",
            '{ method = "fixed-key" }',
            '{ method = "fixed-key", share = { zevenaar = "100" } }',
            "charging.toml: methods.0.method: value error, fixed-key has no share",
        ),
        (
            "charging.toml",
            '{ method = "fixed-key" }',
            '{ method = "by-weather" }',
            "charging.toml: methods.0.method: ",
        ),
        (
            "budgets.toml",
            'booking = "2023-0102"',
            'booking = "2023-0101"',
            "budgets.toml: bookings: (2023, 'programma', '2023-0101') stands there 2 times",
        ),
        (
            "budgets.toml",
            'amount = "30000"',
            'amount = "a lot"',
            "budgets.toml: budgets.1.lines.0.amount: ",
        ),
        (
            "budgets.toml",
            'basis = "published"',
            'basis = "guessed"',
            "budgets.toml: budgets.1.basis: ",
        ),
        ("indicators.toml", "year = 2020", "jaar = 2020", "indicators.toml: indicators.0.years.0."),
    ],
)
def test_money_that_names_what_is_not_there_is_refused(
    copy: Path, file: str, old: str, new: str, told: str
) -> None:
    problems = broken(copy, file, old, new)
    assert problems[0].startswith(told)


def test_a_case_may_do_without_money(copy: Path) -> None:
    for file in ("budgets", "charging", "billing", "indicators"):
        (copy / "de-liemers" / f"{file}.toml").unlink()
    assert load("de-liemers", copy).budgets.budgets == ()
