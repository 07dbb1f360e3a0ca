"""The chapters that list cases with number, day, topic and department; restricted ones are only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from automation.cases.indicator_text import NONE
from automation.reports.annual.blocks import Block, Heading, Paragraph, Table
from automation.reports.annual.wording import TEXTS, day_short, moment_short, text_for, time_taken, yes_no
from automation.reports.model import CaseList, Earlier, Leapfrog, Listed, Report, Superior, ToldCase
from automation.reports.wording import age_name, column_name, role_name, step_name
from automation.text.catalogue import Sentences, groups, in_a_row, sentences
from automation.text.dates import day_name
from sheet_schema import Language
from sheet_schema.vocabulary import Channel, NoticeKind

_NUMBER, _DAY, _TOPIC, _DEPARTMENT = 1.35, 1.55, 2.2, 1.8


def chapters(report: Report) -> Iterator[Block]:
    yield from _open(report)
    yield from _superiors(report)
    yield Heading(Sentences(TEXTS, report.language)["h_special"])
    yield from _cases(report, "collective", report.collective)
    yield from _cases(report, "repeats", report.repeats)
    yield from _leapfrog(report)
    yield from _told(report)
    yield from _integrity(report)


def numbers_said(numbers: Sequence[str], restricted: int, language: Language) -> str:
    """ "LV-00001, LV-00002 and 3 confidential ones", or a dash for none."""
    named = in_a_row(numbers, language)
    if not restricted:
        return named or NONE
    return text_for(language, "restricted_besides" if named else "restricted_only", numbers=named, n=restricted)


def _labels(language: Language, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(column_name(key, language) for key in keys)


def _list(table: Table) -> Iterator[Block]:
    """The table, if there is anything in it."""
    if table.rows:
        yield table


def _besides(report: Report, restricted: int) -> Iterator[Block]:
    if restricted:
        yield Paragraph(text_for(report.language, "restricted", n=restricted))


def _case(case: Listed, language: Language) -> tuple[str, ...]:
    return case.number, day_short(case.received_on, language), case.topic or NONE, case.department or NONE


def _step(case: Listed, language: Language) -> str:
    return step_name(case.step, language) or NONE


def _days(days: int) -> str:
    return f"{days:,}" if days else NONE


_CASE = ("case_no", "received_on", "topic", "department")
_CASE_WIDTHS = (_NUMBER, _DAY, _TOPIC, _DEPARTMENT)


def _open(report: Report) -> Iterator[Block]:
    """Open cases by age, and the late ones one by one, worst first."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    found = report.open
    day = day_name(report.now.date(), language)
    yield Heading(text_for(language, "h_open", day=day))
    if not found.count:
        yield Paragraph(text_for(language, "open", n=0, day=day))
        return
    lines = [(age_name(age, language), age.count, age.late) for age in found.ages]
    lines += [(texts["part_apart"], found.restricted, found.restricted_late)] if found.restricted else []
    columns = (texts["age"], texts["age_open"], texts["age_late"])
    rows = tuple((name, f"{count:,}", f"{of_these:,}") for name, count, of_these in lines)
    total = (texts["total"], f"{found.count:,}", f"{found.late:,}")
    yield Table(
        caption=texts["ages"], header=columns, rows=rows, widths=(2, 1, 1), numbers=frozenset({1, 2}), total=total
    )
    if not found.late:
        yield Paragraph(texts["none_late"])
    yield from _steps(report, texts["late_list"], report.late)


def _superiors(report: Report) -> Iterator[Block]:
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_superiors"])
    yield Paragraph(text_for(language, "superiors", n=len(report.superiors) + report.superiors_restricted))
    states = Counter(_state(one) for one in report.superiors)
    parts = [text_for(language, "part", label=texts[key], n=states[key]) for key in _STATES if states[key]]
    if parts:
        yield Paragraph(text_for(language, "superior_parts", parts=groups(parts, language)))
    header = (
        *_labels(language, ("case_no", "channel", "superior_ref", "topic", "department")),
        texts["wanted_by"],
        column_name("fed_back_on", language),
        texts["in_time_column"],
    )
    rows = tuple(
        (
            one.case.number,
            Channel.of(one.channel).label(language),
            one.reference or NONE,
            one.case.topic or NONE,
            one.case.department or NONE,
            day_short(one.wanted_by, language),
            day_short(one.fed_back_on, language),
            yes_no(one.in_time, language),
        )
        for one in report.superiors
    )
    widths = (1.3, 1.25, 1.9, 1.6, 1.5, 1.45, 1.65, 0.8)
    yield from _list(Table(texts["superior_list"], header, rows, widths))
    yield from _besides(report, report.superiors_restricted)


_STATES = ("in_time", "not_in_time", "waiting", "no_day")


def _state(one: Superior) -> str:
    """ "In time" needs a day that was set; without one, an answer is neither in time nor late."""
    if one.in_time is not None:
        return "in_time" if one.in_time else "not_in_time"
    return "no_day" if one.fed_back_on else "waiting"


def _cases(report: Report, key: str, found: CaseList) -> Iterator[Block]:
    """Collective visits, or repeats."""
    heading = Sentences(TEXTS, report.language)[f"h_{key}"]
    yield Heading(heading, 2)
    yield Paragraph(text_for(report.language, key, n=found.count))
    yield from _steps(report, heading, found)


def _steps(report: Report, caption: str, found: CaseList) -> Iterator[Block]:
    """A list of cases with the step each waits for."""
    language = report.language
    header = (*_labels(language, (*_CASE, "step", "due_on")), Sentences(TEXTS, language)["days_late"])
    rows = tuple(
        (*_case(one, language), _step(one, language), day_short(one.due_on, language), _days(one.days_late))
        for one in found.cases
    )
    yield from _list(Table(caption, header, rows, (*_CASE_WIDTHS, 1.3, _DAY, 1.1), frozenset({6})))
    yield from _besides(report, found.restricted)


def _leapfrog(report: Report) -> Iterator[Block]:
    """Cases that skipped a level, with what was done here before; no verdict."""
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_leapfrog"], 2)
    yield Paragraph(text_for(language, "leapfrog", n=len(report.leapfrog) + report.leapfrog_restricted))
    handled = sum(bool(one.earlier) for one in report.leapfrog)
    if handled:
        yield Paragraph(sentences([text_for(language, "handled", n=handled), texts["evidence"]], language))
    header = (
        *_labels(language, ("case_no", "topic")),
        texts["earlier"],
        column_name("department", language),
        texts["due"],
        texts["replied_on"],
        texts["days_late"],
        texts["reminded"],
    )
    rows = tuple(row for one in report.leapfrog for row in _before(one, language))
    widths = (1.3, 1.5, 1.3, 1.6, 1.45, 1.45, 0.75, 2.6)
    yield from _list(Table(texts["leapfrog_list"], header, rows, widths, frozenset({6})))
    yield from _besides(report, report.leapfrog_restricted)


def _before(one: Leapfrog, language: Language) -> Iterator[tuple[str, ...]]:
    case = (one.case.number, one.case.topic or NONE)
    if not one.earlier:
        yield (*case, *[NONE] * 6)
    for earlier in one.earlier:
        yield (*case, *_earlier(earlier, language))


def _earlier(one: Earlier, language: Language) -> tuple[str, ...]:
    reminders = [
        text_for(
            language,
            "reminder",
            kind=NoticeKind.of(each.kind).label(language),
            role=role_name(each.slot, language),
            day=day_short(each.on, language),
        )
        for each in one.reminded
    ]
    return (
        one.number,
        one.department or NONE,
        day_short(one.due_on, language),
        day_short(one.replied_on, language),
        _days(one.days_late),
        groups(reminders, language) or NONE,
    )


def _told(report: Report) -> Iterator[Block]:
    language, texts = report.language, Sentences(TEXTS, report.language)
    yield Heading(texts["h_told"])
    yield Paragraph(text_for(language, "told", n=len(report.told) + report.told_restricted))
    if report.told:
        alerted = sum(bool(one.alerted) for one in report.told)
        heard = sum(one.leader_told for one in report.told)
        said = [text_for(language, "alerted", alerted=alerted, told=heard)]
        if report.told_after is not None:
            said.append(text_for(language, "told_after", time=time_taken(report.told_after, language)))
        yield Paragraph(sentences(said, language))
    header = (
        *_labels(language, ("case_no", "topic", "important", "people")),
        texts["seen"],
        texts["alerts"],
        texts["after"],
        *_labels(language, ("leader_told", "leader_note")),
    )
    rows = tuple(_alert(one, language) for one in report.told)
    widths = (1.3, 1.7, 1.3, 1, 1.5, 1.8, 1, 1.3, 1.3)
    yield from _list(Table(texts["told_list"], header, rows, widths, frozenset({3, 6})))
    yield from _besides(report, report.told_restricted)


def _alert(one: ToldCase, language: Language) -> tuple[str, ...]:
    return (
        one.case.number,
        one.case.topic or NONE,
        yes_no(one.important, language),
        f"{one.people:,}",
        moment_short(one.seen_at, language),
        _alerts(one, language) or NONE,
        time_taken(one.minutes, language),
        yes_no(one.leader_told, language),
        yes_no(one.leader_note, language),
    )


def _alerts(one: ToldCase, language: Language) -> str:
    """Each role and when it was alerted, with the day only if it is not that of the first sight."""

    def time_of(at: datetime) -> str:
        same = one.seen_at is not None and one.seen_at.date() == at.date()
        return f"{at:%H:%M}" if same else moment_short(at, language)

    return groups(
        (text_for(language, "alert", role=role_name(slot, language), when=time_of(at)) for slot, at in one.alerted),
        language,
    )


def _integrity(report: Report) -> Iterator[Block]:
    """Gaps in the numbers, vanished rows, and rows wrong for over a working day."""
    language, texts, found = report.language, Sentences(TEXTS, report.language), report.integrity
    checks = (
        ("missing", found.missing, 0),
        ("vanished", found.vanished, 0),
        ("invalid", found.invalid, found.restricted),
    )
    yield Heading(texts["h_integrity"])
    if not any(numbers or restricted for _, numbers, restricted in checks):
        yield Paragraph(texts["whole"])
    rows = tuple(
        (texts[key], f"{len(numbers) + restricted:,}", numbers_said(numbers, restricted, language))
        for key, numbers, restricted in checks
    )
    header = (texts["check"], texts["cases"], texts["cases_column"])
    yield Table(texts["integrity"], header, rows, (3, 0.8, 4), frozenset({1}))
