"""Whether what one file names is there, and there once."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from bodemplaat.cases.errors import Problem
from bodemplaat.cases.model import Case


def known_partner(case: Case, file: str, key: str, slug: str) -> Iterator[Problem]:
    if slug not in {partner.slug for partner in case.partners.partners}:
        yield Problem(file, key, f"no partner {slug!r} in partners.toml")


def known_item(case: Case, file: str, key: str, code: str) -> Iterator[Problem]:
    if code not in {item.item for item in case.catalogue.items}:
        yield Problem(file, key, f"no item {code!r} in catalogue.toml")


def twice(file: str, key: str, values: Iterable[Hashable]) -> Iterator[Problem]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Problem(file, key, f"{value!r} stands there {count} times")
