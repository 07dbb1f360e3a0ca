"""Which case numbers a cell names, however people write them: 12, LV-12, lv00012, 并入LV-00012, `with LV-12 and LV-13`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from automation.ledger.case_numbers import issued_numbers, prefixes_in_use, tidy_number
from automation.ledger.model import Ledger

_SIGNS = r"[^0-9A-Z]{0,3}?"
"""What stands between a prefix and its count, if anything does."""


@dataclass(frozen=True)
class NumbersNamed:
    """Reads cells for the numbers of one ledger. `by_count` has the numbers issued by their running number."""

    prefixed: re.Pattern[str] | None
    by_count: Mapping[int, tuple[str, ...]]
    issued: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger) -> NumbersNamed:
        prefixes = {_bare(one) for one in prefixes_in_use(ledger)} - {""}
        issued = issued_numbers(ledger)
        by_count: dict[int, list[str]] = {}
        for number in sorted(issued):
            if digits := re.search(r"[0-9]+$", number):
                by_count.setdefault(int(digits[0]), []).append(number)
        before = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
        prefixed = re.compile(rf"({before}){_SIGNS}([0-9]+)") if prefixes else None
        return cls(prefixed, {count: tuple(numbers) for count, numbers in by_count.items()}, issued)

    def in_text(self, text: str) -> tuple[str, ...]:
        """Every number that the text names, each once; one that was never issued as it is typed."""
        tidy = tidy_number(text)
        if tidy in self.issued:
            return (tidy,)
        found: list[str] = []
        rest = unicodedata.normalize("NFKC", text).upper()
        if self.prefixed is not None:
            for one in self.prefixed.finditer(rest):
                found += self._meant(one[2], prefix=one[1]) or [tidy_number(one[0])]
            rest = self.prefixed.sub(" ", rest)
        for digits in re.findall(r"[0-9]+", rest):
            found += self._meant(digits) or [digits]
        return tuple(dict.fromkeys(found))

    def _meant(self, digits: str, prefix: str = "") -> list[str]:
        numbers: Iterable[str] = self.by_count.get(int(digits), ())
        return [one for one in numbers if not prefix or _bare(one[: -len(_count(one))]) == prefix]


def _count(number: str) -> str:
    digits = re.search(r"[0-9]+$", number)
    return digits[0] if digits else ""


def _bare(prefix: str) -> str:
    return "".join(filter(str.isalnum, tidy_number(prefix)))
