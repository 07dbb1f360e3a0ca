"""Reads a cell that names several departments: who leads, who else has a part, until when, and who has answered.

Two departments typed into *Department* are read as lead and involved, never dropped (docs/design.md#p20.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from automation.ledger.typed.cell import NO_HABITS, Bad, Habits
from automation.ledger.typed.day_words import folded, month_numbers, sign_of, weekday_words
from automation.ledger.typed.written_days import HAN_NUMBER, date_from_text
from sheet_schema.languages import any_of, said_for

Known = Callable[[str], str]
"""The department's name in Departments for what somebody wrote; blank if it is none, or could be several."""

_EDGE = r"(?<![a-z])", r"(?![a-z])"
_SPACES = " \t,:.-–—()[]·*"
_BETWEEN = re.compile(r"[;\n|]")
_COST = {True: 1, False: 10}
"""A split into few departments that are known is better than one into many, or into words that nobody knows."""


@dataclass(frozen=True, slots=True)
class TypedPart:
    """The part of one department, as typed: its last day, the day of its answer, or why it is not needed."""

    name: str
    until: date | None = None
    answered: bool = False
    answered_on: date | None = None
    waived: bool = False
    why: str = ""
    leads: bool = False
    bad: tuple[Bad, ...] = ()
    """Days that stand there and cannot be read."""


def departments_in(text: str, known: Known) -> list[TypedPart]:
    """The departments that a cell of *Department* names, who leads first; one, as typed, where it names but one, or none that
    anybody knows."""
    plain = unicodedata.normalize("NFKC", text)
    if name := known(text):
        return [TypedPart(name)]
    if not _may_be_several(plain):
        return [TypedPart(text)]
    found = sorted(merged(parts_in(plain, known)), key=lambda part: not part.leads)
    several = len(found) > 1 and any(known(part.name) for part in found)
    return found if several else [TypedPart(text)]


def parts_in(
    text: str, known: Known, habits: Habits = NO_HABITS, *, days_mean_answers: bool = False
) -> list[TypedPart]:
    """The parts in a cell of *Also involved*, or in one of *Parts answered*, where a day is that of an answer."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[TypedPart] = []
    for piece in _BETWEEN.split(plain):
        found += _Piece(piece, known, habits, days_mean_answers).parts()
    return found


def _may_be_several(plain: str) -> bool:
    return bool(_BETWEEN.search(plain) or _separator().search(plain) or _role_words().search(folded(plain)))


def _named(text: str, known: Known) -> list[TypedPart]:
    """The departments in a text without days, in the way that fits most of them."""
    if not text.strip(_SPACES):
        return []
    if name := known(text.strip()):
        return [TypedPart(name)]
    words = _separator().split(text)
    tokens, between = words[::2], words[1::2]
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(tokens) + 1):
        choices = []
        for start in range(max(0, end - 6), end):
            joined = tokens[start] + "".join(between[i] + tokens[i + 1] for i in range(start, end - 1))
            is_known = bool(known(_bare(joined)))
            if not is_known and any(_is_firm(one) for one in between[start : end - 1]):
                continue  # what nobody knows does not reach over a comma
            cost = _COST[True] if is_known else _COST[False] * (end - start) - (end - start - 1)
            cost = 0 if not _bare(joined) else cost
            choices.append((best[start][0] + cost, [*best[start][1], joined]))
        best.append(min(choices, key=lambda one: (one[0], len(one[1]))))
    return [
        TypedPart(known(bare) or bare, leads=bool(_leads().search(folded(joined))))
        for joined in best[-1][1]
        if (bare := _bare(joined))
    ]


def _bare(text: str) -> str:
    """The name without what says that it leads, or only takes part."""
    return _role_words().sub(" ", text).strip(_SPACES)


def _is_firm(separator: str) -> bool:
    """Whether it only stands between names: a comma, not `and`, which stands in the name of a department as well."""
    return separator.strip() in {"、", ",", "/", "+"}


@cache
def _separator() -> re.Pattern[str]:
    words = sorted(said_for("parts", "and"), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"(\s*[、,/+&]\s*|\s+(?:{latin})\s+|(?:{others}))", re.IGNORECASE)


@cache
def _words(what: str) -> str:
    """A pattern for one of these words; those in letters only as whole words."""
    before, behind = _EDGE
    alike = sorted(set(said_for("parts", what)), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(f"{before}{re.escape(w)}{behind}" if w.isascii() else re.escape(w) for w in alike) + ")"


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('beside')}[\s,:、]*)*", re.IGNORECASE)


@cache
def _role_words() -> re.Pattern[str]:
    """What people write beside a department to say that it leads or takes part: only in brackets, or with a colon."""
    one = f"(?:{_words('leads')}|{_words('takes_part')})"
    return re.compile(rf"\(\s*{one}\s*\)|^\s*{one}\s*:|(?<=[,;、\s]){one}\s*:", re.IGNORECASE)


@cache
def _leads() -> re.Pattern[str]:
    one = _words("leads")
    return re.compile(rf"\(\s*{one}\s*\)|^\s*{one}\s*:|(?<=[,;、\s]){one}\s*:", re.IGNORECASE)


@cache
def _day() -> re.Pattern[str]:
    """A day in any form that may be read, or said to be unclear."""
    year, month, day = (sign_of(what) for what in ("year", "month", "day"))
    han = HAN_NUMBER.pattern
    named = "|".join(sorted(month_numbers(), key=len, reverse=True))
    nth = rf"\d{{1,2}}{any_of('days', 'ordinals')}?"
    forms = (
        rf"\d{{4}}\s*(?:[-/.\\_‐–—。]|{year})\s*\d{{1,2}}\s*(?:[-/.\\_‐–—。]|{month})\s*\d{{1,2}}\s*{day}?",
        rf"(?:{han}\s*{year}\s*)?{han}\s*{month}\s*{han}\s*{day}?",
        rf"(?:\d{{2}}\s*{year}\s*)?\d{{1,2}}\s*{month}\s*\d{{1,2}}\s*{day}?",
        rf"(?:the\s+)?{nth}\s+(?:of\s+)?(?:{named})\b\.?(?:,?\s*'?\d{{4}})?",
        rf"\b(?:{named})\b\.?\s+{nth}\b(?:,?\s+\d{{4}})?",
        r"\d{8}",
        r"\d{1,2}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*\d{2,4})?",
    )
    weekday = weekday_words().pattern
    return re.compile(
        rf"(?:\(?{weekday}\)?[\s,]*)?(?<!\d)(?:{'|'.join(forms)})(?!\d)(?:\s*\(?\s*{weekday}\s*\)?)?", re.IGNORECASE
    )


@dataclass
class _Piece:
    """What stands between two semicolons: departments, and behind them their days, an answer, or that they are not needed."""

    text: str
    known: Known
    habits: Habits
    days_mean_answers: bool

    def parts(self) -> list[TypedPart]:
        rest, waived, why = _waiver(self.text)
        found: list[list[TypedPart]] = []
        days = list(_day().finditer(rest)) if not self.known(rest.strip()) else []
        at = 0
        for i, match in enumerate(days):
            before, after = (
                rest[at : match.start()],
                rest[match.end() : days[i + 1].start() if i + 1 < len(days) else None],
            )
            names, is_answer, eaten = self._meaning(before, after, is_last=i + 1 == len(days))
            at = match.end() + eaten
            self._take(found, names)
            self._dated(found, match[0], is_answer=is_answer)
        self._take(found, rest[at:])
        if waived and found:
            found[-1] = [replace(one, waived=True, why=why) for one in found[-1]]
        return [one for group in found for one in group]

    def _meaning(self, before: str, after: str, *, is_last: bool) -> tuple[str, bool, int]:
        """The names before a day, whether it is that of an answer, and how much of what follows belongs to it."""
        behind = re.match(rf"\s*{_words('until_behind')}\s*(?:{_words('answered')})?", after, re.IGNORECASE)
        until = re.search(rf"{_words('until')}[\s:]*$", before.rstrip("( "), re.IGNORECASE)
        answer = re.search(rf"{_words('answered')}[\s:]*$", before.rstrip("( "), re.IGNORECASE)
        said = re.match(rf"\s*{_words('answered')}", after, re.IGNORECASE)
        if said and not is_last and not after[said.end() :].strip(_SPACES):
            said = None  # it belongs to the next day
        if behind:
            return before[: until.start()] if until else before, False, behind.end()
        if until:
            return before[: until.start()], False, 0
        if answer:
            return before[: answer.start()], True, 0
        if said:
            return before, True, said.end()
        return before, self.days_mean_answers, 0

    def _take(self, found: list[list[TypedPart]], text: str) -> None:
        """Add the departments that a text between days names. Nothing but signs goes on with those before."""
        text = re.sub(r"^[\s,、:.)\]-]+|[\s,、:(\[-]+$", "", text)
        if _beside().fullmatch(text):
            text = ""
        plain, said = text, None
        if not self.known(text.strip()):
            said = re.search(rf"{_words('answered')}\s*$", text, re.IGNORECASE)
            unread = None if said else re.search(rf"{_words('until')}\s*:?\s*(\S.*)$", text, re.IGNORECASE)
            plain = text[: said.start()] if said else text[: unread.start()] if unread else text
        else:
            unread = None
        plain = re.sub(rf"[\s,、]*(?:{_words('beside')}\s*)+$", "", plain) if not self.known(plain.strip()) else plain
        names = _named(plain, self.known)
        if names:
            found.append(names)
        if not found:
            return
        if said:
            found[-1] = [replace(one, answered=True) for one in found[-1]]
        if unread:
            bad = date_from_text(unread[1], self.habits)
            why = bad if isinstance(bad, Bad) else Bad("not_a_date", {"value": unread[1].strip()})
            found[-1] = [replace(one, bad=(*one.bad, why)) for one in found[-1]]

    def _dated(self, found: list[list[TypedPart]], text: str, *, is_answer: bool) -> None:
        if not found:
            found.append([TypedPart("")])
        day = date_from_text(text.strip(" ,"), self.habits)
        if isinstance(day, date):
            given = {"answered": True, "answered_on": day} if is_answer else {"until": day}
            found[-1] = [replace(one, **given) for one in found[-1]]
        elif day is not None:
            answered = {"answered": True} if is_answer else {}
            found[-1] = [replace(one, bad=(*one.bad, day), **answered) for one in found[-1]]  # type: ignore[arg-type]


def _waiver(text: str) -> tuple[str, bool, str]:
    """What stands before the words that a part is not needed, whether they stand there, and the reason behind them."""
    match = re.search(rf"[\s,(:、]*{_words('waived')}", text, re.IGNORECASE)
    if match is None or not text[: match.start()].strip(_SPACES):
        return text, False, ""
    why = re.sub(rf"^[\s,(:、-]*(?:{_words('why')})?[\s:,]*|[\s)]+$", "", text[match.end() :], flags=re.IGNORECASE)
    return text[: match.start()], True, why.strip()


def merged(parts: Sequence[TypedPart]) -> Iterator[TypedPart]:
    """Each department once: what a later mention says is added to the first."""
    of_name: dict[str, TypedPart] = {}
    for part in parts:
        first = of_name.get(part.name)
        of_name[part.name] = part if first is None else _both(first, part)
    yield from of_name.values()


def _both(first: TypedPart, second: TypedPart) -> TypedPart:
    return replace(
        first,
        until=second.until or first.until,
        answered=first.answered or second.answered,
        answered_on=first.answered_on or second.answered_on,
        waived=first.waived or second.waived,
        why=first.why or second.why,
        bad=(*first.bad, *second.bad),
    )
