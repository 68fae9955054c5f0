"""Who looks at a case sees what was published and what was chosen."""

from io import StringIO

from rich.console import Console

from bodemplaat.cases.loader import names
from bodemplaat.cases.showing import show_case, show_cases

ELEVEN = {
    "bbs",
    "blnp",
    "bollenstreek",
    "de-liemers",
    "equalit",
    "hoorn",
    "iszf",
    "noardwest-fryslan",
    "ons",
    "vallei",
    "zuidwest-fryslan",
}


def console() -> tuple[Console, StringIO]:
    written = StringIO()
    return Console(file=written, width=240), written


def test_all_eleven_cooperations_are_there() -> None:
    wide, written = console()
    show_cases(wide)
    assert set(names()) == ELEVEN
    assert all(name in written.getvalue() for name in ELEVEN)


def test_what_was_chosen_stands_beside_what_was_published() -> None:
    wide, written = console()
    show_case("hoorn", wide)
    rows = {tuple(line.split()[:3]) for line in written.getvalue().splitlines()}
    assert ("finance", "set-charging-method", "published") in rows
    assert ("finance", "set-budget", "chosen") in rows


def test_generated_tickets_are_told() -> None:
    wide, written = console()
    show_case("ons", wide)
    assert "75171 tickets are generated" in written.getvalue()
