"""What can be wrong with a case, and with playing it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: the file, the key in it (`partners.0.oin`), and the rule in words."""

    file: str
    key: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.rule}" if self.key else f"{self.file}: {self.rule}"


class CaseInvalid(Exception):
    """The files of a case break one or more rules; nothing of it has been played."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CaseUnknown(Exception):
    """There is no folder for a case of this name."""


class CaseRefused(Exception):
    """A service refused a part of the case: which, and with which faults."""

    def __init__(self, key: str, faults: str) -> None:
        super().__init__(f"{key}: {faults}")
        self.key = key
