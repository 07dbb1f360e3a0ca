"""whatif: replay a period by the rules as they are edited or tried, and show it beside what it was. Nothing is written or sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from automation.commands.books_reached import with_years_since
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.reports.model import Period
from automation.reports.periods import chosen
from automation.run.what_if import CONFIDENTIAL, DIGEST, OTHERS, Pair, WhatIf, what_if
from automation.text.catalogue import Message, Sentences, clauses, counted, msg
from automation.text.characters import breadth
from automation.text.percentages import percent
from automation.workbooks.opening import workbook_at
from sheet_schema import SETTING, TAB
from sheet_schema.vocabulary import NoticeKind, Role

MOST_MOVED = 20
"""How many due days are listed on a terminal; `--json` has all."""
MOST_DAYS = 5
"""How many days on which mails differ most are listed."""
A_YEAR = timedelta(days=364)
_TEXTS: Mapping[str, Message] = {
    "span": counted("{first} to {last}: 1 run replayed. Nothing was sent or written.", "{first} to {last}: {n} runs replayed. Nothing was sent or written."),
    "edits": msg("As edited: {rows}, as if so since {first}."),
    "rows": counted("1 row of {tab}", "{n} rows of {tab}"),
    "unedited": msg("No row of Deadlines, Escalation or Calendar is edited or tried, so both columns are the same."),
    "was": msg("As it was"),
    "would": msg("As edited"),
    "moved": msg("Due days that would be others"),
    "in_time": msg("{step} in time"),
    "share": msg("{part} of {whole} ({percent}%)"),
    "late": msg("Cases late at the end"),
    "level": msg("Told at level {level}"),
    "mails": msg("Mails"),
    "of_kind": msg("  {kind}"),
    "to": msg("  to {role}"),
    "others": msg("  to readers by name"),
    "digest": msg("  to readers of digests"),
    "confidential": msg("  about confidential cases alone"),
    "days": msg("Days on which mails would differ most: {days}"),
    "day": msg("{day}: {before} → {after}"),
    "storm": msg("More mails in one run than it sends without asking (Settings, {setting}), so that sending would have paused: {days}"),
    "list": msg("Due days that would be others:"),
    "one": msg("  {number} {step}: {before} → {after}"),
    "none": msg("none"),
    "more": msg("  … and {n} more (--json has them all)"),
    "and_confidential": counted("  and 1 of a confidential case", "  and {n} of confidential cases"),
    "exact": counted("By the rules as they were, the replay tells the one notice that Notices has of these days.", "By the rules as they were, the replay tells exactly the {n} notices that Notices has of these days."),
    "inexact": msg("By the rules as they were, the replay lacks {lacks} of the {whole} notices that Notices has of these days, and tells {more} that it has not: by so much the columns may be wrong, too."),
    "otherwise": msg("Told otherwise than it was: {those}."),
    "other_confidential": counted("1 confidential case", "{n} confidential cases"),
    "other_readers": counted("what 1 reader got about no one case, such as a digest", "what {n} readers got about no one case, such as digests"),
    "unknown": msg("Not known, and taken as it was: what people would have done otherwise, at what hour they typed (a cell counts from the run that saw it), and what a mail server would have done. Rows of Deadlines, Escalation and Calendar that changed without a day of their own count as they stand now, and on a day without a line in Runs no run came."),
    "restricted_cells": counted("Of 1 cell that people changed, History does not say what it held before; it counts as blank until then, if there is nothing else to go by.", "Of {n} cells that people changed, History does not say what they held before; they count as blank until then, if there is nothing else to go by."),
    "unnamed_rows": counted("1 line of History about other tabs names no row that is there now; that tab counts as it stands.", "{n} lines of History about other tabs name no row that is there now; those tabs count as they stand."),
    "passed_over": msg("Their own first day is passed over: {rows}."),
    "row": msg("{tab} row {row}"),
    "left_out": msg("Edited, too, but not replayed: {tabs}."),
}  # fmt: skip


@dataclass(frozen=True)
class WhatifOptions:
    """The options of `whatif`, as typed. `first` and `last` are `--from` and `--to`."""

    workbook: str
    now: str | None = None
    period: str | None = None
    first: str | None = None
    last: str | None = None
    as_json: bool = False


def show_what_if(asked: WhatifOptions, session: Session) -> int:
    """Print both sides of the period. Exit code 0."""
    workbook = workbook_at(asked.workbook, session.real_time)
    session.tell("reading")
    snapshot = workbook.read()
    _, ledger = read_ledger(snapshot)
    today = local_time(moment(asked.now, session.real_time), ledger.policy.settings.zone).date()
    if asked.period or asked.first or asked.last:
        period, _ = chosen(asked.period, asked.first, asked.last, ledger.policy.calendar, today)
    else:
        period = Period(today - A_YEAR, today)
    whole = with_years_since(workbook, snapshot, ledger, period.first.year)
    found = what_if(whole, period, session.tell)
    if asked.as_json:
        session.say(one_object(_as_json(found)))
    else:
        for line in shown(replace(found, language=spoken_of(found.language))):
            session.say(line)
    return 0


def shown(found: WhatIf) -> Iterator[str]:
    """Both sides in lines, for the terminal."""
    texts = Sentences(_TEXTS, found.language)
    yield texts.say("span", first=found.period.first, last=found.period.last, n=found.moments)
    rows = [_TEXTS["rows"].of(tab=TAB[key], n=count) for key, count in found.edits.replayed.items()]
    yield texts.say("edits", rows=rows, first=found.period.first) if rows else texts["unedited"]
    yield ""
    yield from _aligned([["", texts["was"], texts["would"]], *_figures(found, texts)])
    yield from _beside(found, texts)
    yield ""
    yield from _how_sure(found, texts)


def _figures(found: WhatIf, texts: Sentences) -> Iterator[list[str]]:
    yield [texts["moved"], "", f"{len(found.moved) + found.moved_restricted}"]
    for one in found.in_time:
        label = texts.say("in_time", step=one.step)
        yield [label, *(_share(part, whole, texts) for part, whole in (one.before, one.after))]
    yield [texts["late"], *_numbers(found.late)]
    for level, pair in found.ladder.items():
        yield [texts.say("level", level=level), *_numbers(pair)]
    yield [texts["mails"], *_numbers(found.mails)]
    for kind, pair in found.by_kind.items():
        yield [texts.say("of_kind", kind=NoticeKind.of(kind)), *_numbers(pair)]
    for role, pair in found.by_role.items():
        named = role in (OTHERS, DIGEST, CONFIDENTIAL)
        yield [texts[role] if named else texts.say("to", role=Role.of(role)), *_numbers(pair)]


def _share(part: int, whole: int, texts: Sentences) -> str:
    return texts.say("share", part=part, whole=whole, percent=percent(part, whole)) if whole else "–"


def _numbers(pair: Pair) -> tuple[str, str]:
    return str(pair.before), str(pair.after)


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns aligned for a terminal, where a Chinese character takes two."""
    widths = [max(breadth(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        cells = (text + " " * (width - breadth(text)) for text, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _beside(found: WhatIf, texts: Sentences) -> Iterator[str]:
    """What the figures do not say: on which days mails differ, where a run would have stopped, which due days move."""
    differ = [(day, pair) for day, pair in found.by_day.items() if pair.before != pair.after]
    most = sorted(differ, key=lambda one: -abs(one[1].after - one[1].before))[:MOST_DAYS]
    if most:
        days = (texts.say("day", day=day, before=pair.before, after=pair.after) for day, pair in sorted(most))
        yield texts.say("days", days=clauses(days, found.language))
    if found.storms:
        yield texts.say("storm", days=_days(found.storms, found.language), setting=SETTING["storm_at"])
    if found.moved:
        yield ""
        yield texts["list"]
    for one in found.moved[:MOST_MOVED]:
        sides = {key: day or texts["none"] for key, day in (("before", one.before), ("after", one.after))}
        yield texts.say("one", number=one.case_no, step=one.step, **sides)
    if len(found.moved) > MOST_MOVED:
        yield texts.say("more", n=len(found.moved) - MOST_MOVED)
    if found.moved_restricted:
        yield texts.say("and_confidential", n=found.moved_restricted)


def _days(days: Iterable[date], language: str) -> str:
    return clauses((day.isoformat() for day in days), language)


def _how_sure(found: WhatIf, texts: Sentences) -> Iterator[str]:
    """How far the replay can be believed, and what it takes as it was."""
    whole, more, lacks = found.was
    yield texts.say("exact", n=whole) if found.is_exact else texts.say("inexact", whole=whole, lacks=lacks, more=more)
    if not found.is_exact:
        yield texts.say("otherwise", those=clauses(_otherwise(found, texts), found.language))
    yield texts["unknown"]
    if found.restricted_cells:
        yield texts.say("restricted_cells", n=found.restricted_cells)
    if found.unnamed_rows:
        yield texts.say("unnamed_rows", n=found.unnamed_rows)
    if found.passed_over:
        yield texts.say("passed_over", rows=[_TEXTS["row"].of(tab=TAB[tab], row=row) for tab, row in found.passed_over])
    if found.edits.left_out:
        yield texts.say("left_out", tabs=[TAB[key] for key in found.edits.left_out])


def _otherwise(found: WhatIf, texts: Sentences) -> Iterator[str]:
    """What the replay tells otherwise: the cases by number, confidential ones only counted (docs/design.md#p5.9)."""
    other = found.told_otherwise
    yield from other.cases
    if other.confidential:
        yield texts.say("other_confidential", n=other.confidential)
    if other.readers:
        yield texts.say("other_readers", n=other.readers)


def _as_json(found: WhatIf) -> dict[str, object]:
    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "runs": found.moments,
        "edited": dict(found.edits.replayed),
        "not_replayed": dict(found.edits.left_out),
        "due_days": [
            {"case_no": one.case_no, "step": one.step.key, "before": _iso(one.before), "after": _iso(one.after)}
            for one in found.moved
        ],
        "due_days_restricted": found.moved_restricted,
        "in_time": {
            one.step.key: {
                side: {"part": part, "whole": whole}
                for side, (part, whole) in (("before", one.before), ("after", one.after))
            }
            for one in found.in_time
        },
        "late": _pair(found.late),
        "ladder": {str(level): _pair(pair) for level, pair in found.ladder.items()},
        "mails": _pair(found.mails),
        "mails_by_kind": {kind: _pair(pair) for kind, pair in found.by_kind.items()},
        "mails_by_role": {role: _pair(pair) for role, pair in found.by_role.items()},
        "mails_by_day": {day.isoformat(): _pair(pair) for day, pair in found.by_day.items()},
        "would_pause_on": [day.isoformat() for day in found.storms],
        "check": {
            "notices": found.was[0],
            "only_replayed": found.was[1],
            "only_in_notices": found.was[2],
            "cases": list(found.told_otherwise.cases),
            "confidential_cases": found.told_otherwise.confidential,
            "readers": found.told_otherwise.readers,
        },
        "cells_without_a_past": found.restricted_cells,
        "lines_without_a_row": found.unnamed_rows,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _pair(pair: Pair) -> dict[str, int]:
    return {"before": pair.before, "after": pair.after}
