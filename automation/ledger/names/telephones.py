"""Finds whose telephone number stands in a text."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from automation.ledger.meant import Party

Parties = frozenset[Party]
SHORTEST = 4
"""In digits: a shorter number is a class, a room or an extension that is also one."""
SHORTEST_WITHOUT_A_PREFIX = 7
"""In digits: with as many in common at the end, two numbers differ only by the code of a country or town."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\+?\(?[0-9](?:[ \t().-]{0,3}[0-9])+(?![0-9A-Za-z])")
_NOT_DIGITS = re.compile(r"[^0-9]+")


@dataclass(frozen=True)
class Telephones:
    """The numbers of a directory, as they stand in People."""

    cells: tuple[tuple[str, Party], ...] = ()

    @cached_property
    def _owners(self) -> Mapping[str, Parties]:
        grouped: defaultdict[str, set[Party]] = defaultdict(set)
        for cell, party in self.cells:
            for match in _NUMBER.finditer(cell):
                for number in _readings(match.group()):
                    grouped[number].add(party)
        return {number: frozenset(parties) for number, parties in grouped.items()}

    def taken_from(self, text: str) -> tuple[str, list[tuple[str, Parties]]]:
        """The text without the numbers that somebody has, and each of them with everybody who has it."""
        found: list[tuple[str, Parties]] = []

        def take(match: re.Match[str]) -> str:
            owners = frozenset().union(*map(self._with, _readings(match.group())))
            if not owners:
                return match.group()
            found.append((match.group(), owners))
            return ";"

        return (_NUMBER.sub(take, text) if self._owners else text), found

    def _with(self, number: str) -> Parties:
        """Everybody with this number, with or without the code of a country or town before it."""
        if len(number) < SHORTEST_WITHOUT_A_PREFIX:
            return self._owners.get(number, frozenset())
        return frozenset().union(*(parties for own, parties in self._owners.items() if _is_same(number, own)))


def _readings(written: str) -> Iterator[str]:
    """The digits of a number, and of each part of it that is long enough to be one: two may stand side by side."""
    parts = [part for part in _NOT_DIGITS.split(written) if part]
    for first, last in itertools.combinations(range(len(parts) + 1), 2):
        number = "".join(parts[first:last])
        if len(number) >= (SHORTEST if last - first == len(parts) else SHORTEST_WITHOUT_A_PREFIX):
            yield number


def _is_same(one: str, other: str) -> bool:
    """Whether one number is the other, or ends with it: +44 7700 900123 and 07700 900123."""
    one, other = one.lstrip("0"), other.lstrip("0")
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_WITHOUT_A_PREFIX and longer.endswith(shorter)
