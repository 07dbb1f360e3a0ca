"""What was waited in each case: judged when a run first sees it, and remembered from then on (docs/design.md#p19.3).

*Index* remembers each wait as text, a part a wait: `2026-03-02/2026-03-08@2026-03-02`. That is from when and until when, and
the day on which a run first saw it; an asterisk marks the wait that stands in the Register now, and behind it a question mark
one whose last day was typed before it came. The others stand in its cell *Waited before*, from which people may take out what
was no wait.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.ledger.packed import texts_in
from automation.ledger.table import Array, Table

_CURRENT, _PLANNED = "*", "?"
_PART = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d|)@(\d{4}-\d\d-\d\d)(\*?)(\??)")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_BETWEEN = re.compile(r"[;\n]")
_BEFORE_THE_REASON = " :至到-~–—to"


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of a case, as *Index* remembers it. Without `until` it goes on; the `current` one stands in the Register. Its end
    was `planned` if a run saw it before that day."""

    since: date
    until: date | None
    seen: date
    current: bool = False
    planned: bool = False

    @property
    def begin(self) -> date:
        """The day from which it counts, itself not counted: no day is waited before a run saw that anybody waits."""
        return max(self.since, self.seen)

    def text(self) -> str:
        marks = (_CURRENT if self.current else "") + (_PLANNED if self.planned else "")
        return f"{self.since}/{self.until or ''}@{self.seen}{marks}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that were waited: those after `begin`, up to and with `end`. `open_end`: nobody has said yet until when."""

    begin: date
    end: date
    what: str = ""
    current: bool = False
    open_end: bool = False
    planned: bool = False


def remembered(text: str) -> tuple[Wait, ...]:
    """The waits that a cell of Index has; what somebody typed there by hand, and is none, counts as nothing."""
    return tuple(_remembered(text))


def _remembered(text: str) -> Iterator[Wait]:
    for part in text.split():
        found = _PART.fullmatch(part)
        try:
            if found:
                since, seen = (date.fromisoformat(found[i]) for i in (1, 3))
                until = date.fromisoformat(found[2]) if found[2] else None
                yield Wait(since, until, seen, current=bool(found[4]), planned=bool(found[5]))
        except ValueError:
            continue


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the three cells of a case. `wrong`: something does, but no wait can be made of it."""

    since: date | None
    until: date | None
    wrong: bool

    @classmethod
    def at(cls, table: Table, at: int) -> Typed:
        since, until = (table[key][at].item() for key in ("waiting_since", "waiting_until"))
        blank = [table.read[key][at] == "" for key in ("waiting_for", "waiting_since", "waiting_until")]
        unread = until is None and not blank[2]
        backwards = bool(since and until and until < since)
        whole = since is not None and not blank[0] and not unread and not backwards
        return cls(since, until, wrong=not whole and not all(blank))


def judged(typed: Typed, kept: Sequence[Wait], day: date) -> tuple[Wait, ...]:
    """The waits of a case on this day, of what was remembered of it and what stands in its cells now.

    A slip leaves what was remembered. A wait whose cells were emptied, or were filled with a later one, lasted until then.
    """
    if typed.wrong:
        return tuple(kept)
    past = [wait for wait in kept if not wait.current]
    current = next((wait for wait in kept if wait.current), None)
    if typed.since is None:
        return (*past, *_ended(current, day))
    planned = typed.until is not None and typed.until > day
    if current is not None and current.until == typed.until:
        planned = current.planned
    new = Wait(typed.since, typed.until, day, current=True, planned=planned)
    if current is None:
        return (*past, new)
    waited = current.begin < min(current.until or day, day)
    if waited and typed.since > current.begin:
        return (*past, *_ended(current, min(day, typed.since)), new)
    if _goes_on_after(current, typed, day):
        return (*past, *_ended(current, day), new)
    seen = current.seen if max(typed.since, current.seen) >= current.begin else min(current.begin, day)
    return (*past, replace(new, seen=seen))


def _goes_on_after(current: Wait, typed: Typed, day: date) -> bool:
    """Whether the wait was over, so that the clock ran again, and is to go on now."""
    if current.until is None or current.until >= day:
        return False
    return typed.until is None or typed.until > current.until


def _ended(current: Wait | None, day: date) -> tuple[Wait, ...]:
    """What is left of the wait if it ended on this day or before; nothing if no day was waited."""
    if current is None:
        return ()
    until = min(current.until or day, day)
    return (replace(current, until=until, current=False, planned=False),) if until > current.begin else ()


def stretches_in(cell: object) -> tuple[Stretch, ...]:
    """The days that a cell *Waited before* names, as `2026-03-02 to 2026-03-08: the petitioner's papers`; several with ; between."""
    return tuple(stretch for entry in entries_in(cell) if (stretch := _stretch(entry)))


def entries_in(cell: object) -> list[str]:
    text = unicodedata.normalize("NFKC", str(cell))
    return [entry.strip() for entry in _BETWEEN.split(text) if entry.strip()]


def _stretch(entry: str) -> Stretch | None:
    found = [*_DAY.finditer(entry)][:2]
    try:
        first, last = (date(*map(int, one.groups())) for one in found)
    except ValueError:  # not two, or no days
        return None
    return Stretch(first, last, entry[found[1].end() :].lstrip(_BEFORE_THE_REASON)) if first <= last else None


def is_read(entry: str) -> bool:
    """Whether an entry of *Waited before* names two days."""
    return _stretch(entry) is not None


def of_case(waits: Sequence[Wait], cell: object, what: str, day: date, replied: date | None) -> tuple[Stretch, ...]:
    """The stretches that count in a case, the earliest first. Of what was waited before those that its cell still names; a wait
    without an end goes on until `day`, or until the case was answered."""
    named = stretches_in(cell)
    found = []
    for wait in waits:
        if wait.current and not (wait.until and wait.until < wait.begin):
            end = wait.until or min(day, replied or day)
            found.append(
                Stretch(
                    wait.begin,
                    max(end, wait.begin),
                    what,
                    current=True,
                    open_end=wait.until is None,
                    planned=wait.planned,
                )
            )
        elif not wait.current:
            found += _common(wait, named)
    return tuple(sorted(found, key=lambda one: (one.begin, one.end)))


def _common(wait: Wait, named: Sequence[Stretch]) -> Iterator[Stretch]:
    for one in named:
        begin, end = max(wait.begin, one.begin), min(wait.until or one.end, one.end)
        if begin < end:
            yield Stretch(begin, end, one.what)


def from_cells(table: Table, at: int) -> tuple[Wait, ...]:
    """The waits of a case of which Index remembers nothing, as a filed one of a year book: as its cells say."""
    past = [Wait(one.begin, one.end, one.begin) for one in stretches_in(table["waited_before"][at])]
    typed = Typed.at(table, at)
    if typed.wrong or typed.since is None:
        return tuple(past)
    return (*past, Wait(typed.since, typed.until, typed.since, current=True))


def typed_before(table: Table, at: int, as_seen: str) -> str:
    """What the case waited for as the last run saw it, or else as it stands now."""
    return texts_in(as_seen).get("waiting_for") or str(table["waiting_for"][at])


def lines_with_waits(table: Table, kept: Array) -> list[int]:
    """The lines of the table in which somebody waits, or of which Index remembers that somebody did."""
    some = kept != ""
    for key in ("waiting_for", "waiting_since", "waiting_until", "waited_before"):
        some |= table.read[key] != ""
    found: list[int] = np.flatnonzero(some).tolist()
    return found


def as_of(text: str, day: date) -> str:
    """What Index remembered of the waits of a case before this day: what ended later stood in the Register then."""
    waits = (wait for wait in remembered(text) if wait.seen < day)
    return " ".join(
        (
            replace(wait, current=True, until=None) if wait.until and wait.until >= day and not wait.current else wait
        ).text()
        for wait in waits
    )


def kept_in(index: Table, at: Array) -> Array:
    """What Index remembers of the waits of each line, `at` its positions there (-1: none)."""
    kept = np.full(len(at), "", dtype=object)
    kept[at >= 0] = index["waits"][at[at >= 0]]
    return kept


def waits_of(table: Table, kept: Array, day: date) -> Mapping[int, tuple[Wait, ...]]:
    """The waits of each line that has some, as they are judged on this day."""
    found = {at: judged(Typed.at(table, at), remembered(kept[at]), day) for at in lines_with_waits(table, kept)}
    return {at: waits for at, waits in found.items() if waits}
