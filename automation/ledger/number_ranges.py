"""Many running numbers in few words: `LV-00001 … LV-00042`, one stretch a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

LONGEST = 10_000
"""So many numbers a stretch may have. More is a slip: no line of *Year books* is about more than some hundred cases."""
_BETWEEN = " … "
_COUNT = re.compile(r"(.*?)([0-9]{1,15})", re.DOTALL)


def stretches(numbers: Collection[str]) -> str:
    """The numbers as stretches that run on without a gap, each from the first to the last, in order."""
    found: list[tuple[str, int, int, int]] = []  # what stands before the count, its width, first and last count
    alone: list[str] = []
    parts = {number: _COUNT.fullmatch(number) for number in numbers}
    counted = [(part[1], len(part[2]), int(part[2])) for part in parts.values() if part]
    for before, width, count in sorted(counted):
        if found and found[-1][:2] == (before, width) and found[-1][3] == count - 1:
            found[-1] = (*found[-1][:3], count)
        else:
            found.append((before, width, count, count))
    alone = sorted(number for number, part in parts.items() if part is None and number)
    return "\n".join([*map(_said, found), *alone])


def numbers_in(text: str) -> Iterator[str]:
    """Every number of these stretches; of what is none, or one of more than `LONGEST`, the line as it stands."""
    for line in filter(None, text.split("\n")):
        first, between, last = line.partition(_BETWEEN)
        begun, ended = _COUNT.fullmatch(first), _COUNT.fullmatch(last)
        if not between or begun is None or ended is None:
            yield line
            continue
        before, width, counts = begun[1], len(begun[2]), range(int(begun[2]), int(ended[2]) + 1)
        if len(counts) > LONGEST:
            yield line
        else:
            yield from (f"{before}{count:0{width}d}" for count in counts)


def last_of_each(text: str) -> Iterator[str]:
    """The last number of each of these stretches, of which one is the highest."""
    for line in filter(None, text.split("\n")):
        first, between, last = line.partition(_BETWEEN)
        yield last if between else first


def _said(stretch: tuple[str, int, int, int]) -> str:
    before, width, first, last = stretch
    named = f"{before}{first:0{width}d}"
    return named if first == last else f"{named}{_BETWEEN}{before}{last:0{width}d}"
