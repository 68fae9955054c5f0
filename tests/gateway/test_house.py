"""House styles: every theme is one that can be read, an organisation's own is checked at start."""

from pathlib import Path

import pytest

from services.gateway.house import PAIRS, READABLE, VISIBLE, Houses, ThemeUnfit, contrast

OURS = Houses.load()
RAMP = ("f4f4fa", "e6e6f2", "d0d0e6", "a8a8cc", "55558c", "30306c", "202050", "101030")
STEPS = (50, 100, 200, 300, 400, 500, 600, 700)
COLOURS = "".join(f"--house-{n}: #{c};" for n, c in zip(STEPS, RAMP, strict=True))
CHARTS = (
    "--basis-color-accent-1-color-default",
    "--basis-color-accent-1-color-document",
    "--basis-color-default-color-document",
    "--basis-color-default-color-subtle",
    "--basis-color-negative-color-default",
    "--basis-color-positive-color-default",
)


def own(folder: Path, tokens: str, name: str = "eigen") -> Path:
    (folder / f"{name}.css").write_text(f".theme-{name} {{ {tokens} }}")
    return folder


@pytest.mark.parametrize("theme", sorted(OURS.names))
def test_what_a_theme_shows_can_be_read(theme: str) -> None:
    tokens = OURS.tokens(theme)
    faint = [
        (front, behind)
        for front, behind, least in PAIRS
        if contrast(tokens[front], tokens[behind]) < least
    ]
    assert faint == []


@pytest.mark.parametrize("theme", sorted(OURS.names))
def test_what_a_chart_is_drawn_with_can_be_seen(theme: str) -> None:
    tokens = OURS.tokens(theme)
    assert min(contrast(tokens[name], "#ffffff") for name in CHARTS) >= VISIBLE
    assert contrast(tokens["--basis-color-default-color-default"], "#ffffff") >= READABLE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_document_has_the_colours_of_the_portal() -> None:
    assert OURS.colours("neutraal")["accent"] == "#00568b"
    assert OURS.colours("liemers")["accent"] == "#0f5c53"
    assert all(colour.startswith("#") for colour in OURS.colours("ons").values())


def test_whoever_has_no_theme_wears_that_of_the_centre() -> None:
    houses = Houses.load(centre="ons")
    assert houses.named(None) == houses.named("bestaat-niet") == "ons"
    assert houses.named("zwolle") == "zwolle"


def test_an_organisation_adds_its_own(tmp_path: Path) -> None:
    houses = Houses.load(own(tmp_path, COLOURS), centre="eigen")
    assert houses.colours(None)["accent"] == "#30306c"
    assert "--house-500: #30306c" in houses.sheet("eigen")


@pytest.mark.parametrize(
    ("tokens", "why"),
    [
        (COLOURS + "--house-500: #ffee99;", "has a contrast of 1."),
        ("--house-500: blue", "a colour is written as #rrggbb"),
        ("--house-500: url(https://elders.example)", "a colour is written as #rrggbb"),
        ("color: #101030", "declares no token"),
        ("--house-500: var(--house-500)", "refers to itself"),
        ("--house-500: var(--house-onbekend)", "is declared nowhere"),
        ("--basis-x: var(--house-onbekend)", "is declared nowhere"),
        (
            "--basis-heading-font-family: Arial; --house-500: var(--basis-heading-font-family)",
            "no colour",
        ),
        ("} body { display: none", "one rule"),
        ("/*", "declares no token"),
        ('--basis-heading-font-family: "Arial', "a letter as its names"),
    ],
)
def test_a_theme_that_does_not_fit_is_refused_with_the_reason(
    tmp_path: Path, tokens: str, why: str
) -> None:
    with pytest.raises(ThemeUnfit, match=why):
        Houses.load(own(tmp_path, tokens))


def test_what_is_hidden_in_a_comment_is_not_shown(tmp_path: Path) -> None:
    hidden = '--basis-heading-font-family: "a/*"; } body { color: red } .theme-eigen { --x: "*/b";'
    sheet = Houses.load(own(tmp_path, COLOURS + hidden)).sheet("eigen")
    assert '"ab"' in sheet
    assert "body" not in sheet


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ThemeUnfit, match="has no themes"):
        Houses.load(tmp_path)
    with pytest.raises(ThemeUnfit, match="no theme 'weg' for the centre"):
        Houses.load(centre="weg")
