"""A report on the Report tab: its figures, the blocks for its charts, and below them the lists of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from automation.cases.indicator_text import NAMES, listed, missed, target, value_text
from automation.ledger.errors import LedgerError
from automation.ledger.titles_and_headers import language_of, title_of
from automation.ledger.workbook import Cell, Commit, Workbook
from automation.pages import report as plan
from automation.pages.edits import page_edit
from automation.pages.page import Values
from automation.reports.model import Breakdown, CaseList, Earlier, Listed, Report, Superior, ToldCase
from automation.reports.page_words import WORDS
from automation.reports.wording import (
    NOT_RANKED,
    NOTHING_DUE,
    RESTRICTED,
    age_name,
    day_name,
    is_running,
    month_name,
    period_name,
    role_name,
    sentence,
    short_day,
    step_name,
    title,
)
from sheet_schema import REPORT, Language
from sheet_schema.vocabulary import Channel

MOST_BEHIND = 10
"""Case numbers listed behind a figure; the page and `--json` list more."""
LONGEST = 2_000
"""Characters of a remark."""
_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "wanted": "wanted by {day}",
        "given": "reported back {day}",
        "alert": "alert to {role} {when}",
        "no_alert": "no alert went out",
        "leader": "leader: {what}",
    },
    "zh": {
        "wanted": "要求{day}前反馈",
        "given": "{day}已反馈",
        "alert": "{when}紧急通知{role}",
        "no_alert": "未发紧急通知",
        "leader": "领导：{what}",
    },
}
ReportRow = tuple[Cell, ...]


def write_tab(workbook: Workbook, report: Report) -> bool:
    """Write the report to its tab in one commit, blanking what an older one left; returns whether anything changed.
    Raises Busy as a commit does, and LedgerError if the tab is missing or holds something else."""
    with workbook.lock():
        snapshot = workbook.read()
        language = language_of(snapshot.grids)
        name = title_of(REPORT, snapshot.grids, language)
        page = plan.report_page(language)
        if name is None or not page.is_laid_out(snapshot.grids[name].rows):
            raise _no_page(REPORT.label(language))
        edit = page_edit(name, snapshot.grids[name].rows, page.with_values(report_cells(report)))
        if edit is not None:
            workbook.commit(Commit(snapshot, [edit]))
        return edit is not None


def _no_page(label: str) -> LedgerError:
    return LedgerError(
        f"The tab {label} is missing or holds something else: rename what is there, and run `install`, which lays it out.",
        f"“{label}”表缺失，或内容不是本程序排好的：请将现有的表改名，再运行 install。",
    )


def report_cells(report: Report) -> Values:
    """The report's values by row and column."""
    return {
        **_head(report),
        **_figures(report),
        **_months(report),
        **{place: cell for one in report.breakdowns for place, cell in _breakdown(one, report).items()},
        **_ages(report),
        **_notes(report),
        **_lists(report),
    }


def _put(row: int, column: int, lines: Sequence[ReportRow]) -> dict[tuple[int, int], Cell]:
    return {(i, j): cell for i, line in enumerate(lines, start=row) for j, cell in enumerate(line, start=column)}


def _head(report: Report) -> Values:
    words, language = WORDS[report.language], report.language
    when = f"{day_name(report.now.date(), language)} {report.now:%H:%M}"
    as_of = words["so_far" if is_running(report) else "as_of"].format(when=when)
    beside = f"{words['before']}{words['colon']}{period_name(report.before, language)}"
    parts = [part for part in (report.school, as_of, beside) if part]
    return {
        (plan.TITLE, plan.LEFT): title(report),
        (plan.SENTENCE, plan.LEFT): sentence(report),
        (plan.AS_OF, plan.LEFT): " · ".join(parts),
    }


def _figures(report: Report) -> Values:
    words, language = WORDS[report.language], report.language
    lines = []
    for one in report.figures[: plan.MOST_FIGURES]:
        beside = (
            [words["restricted_beside" if one.value.numbers else "restricted"].format(n=one.restricted)]
            if one.restricted
            else []
        )
        numbers = [listed(one.value.numbers, language, MOST_BEHIND)] if one.value.numbers else []
        lines.append(
            (
                NAMES[one.indicator.key][language],
                "",
                "",
                value_text(one.indicator, one.value, language),
                target(one.indicator, language),
                value_text(one.indicator, one.before, language),
                words["missed"] if missed(one.indicator, one.value) else "",
                words["comma"].join([*numbers, *beside]),
            )
        )
    return _put(plan.FIGURES + 1, plan.LEFT, lines)


def _months(report: Report) -> Values:
    lines = [(_month(one.first, report), "", one.received, one.replied) for one in report.months]
    return _put(plan.MONTHS + 1, plan.LEFT, lines[: plan.MOST_MONTHS])


def _month(first: date, report: Report) -> str:
    return month_name(first, "zh") if report.language == "zh" else f"{first:%b %Y}"


FIXED = ("channel", "kind")
"""Breakdowns that always have the same lines."""
_OTHERS: Mapping[Language, str] = {"en": "Others", "zh": "其他"}
_HEADS = {"channel": plan.CHANNELS, "kind": plan.KINDS, "topic": plan.TOPICS, "department": plan.DEPARTMENTS}


def _breakdown(breakdown: Breakdown, report: Report) -> Values:
    """Each word on its own line, or the names in order; then all other names, cases not filled in, restricted ones."""
    words = WORDS[report.language]
    counts = list(breakdown.counts)
    cut = [one for one in counts if one.key][plan.MOST_NAMES :]
    lines = [(one.label, one.count) for one in counts if one not in cut and (one.count or breakdown.by in FIXED)]
    if cut:
        lines.insert(plan.MOST_NAMES, (_OTHERS[report.language], sum(one.count for one in cut)))
    if breakdown.apart:
        lines.append((words["restricted_rule"], breakdown.apart))
    return _put(_HEADS[breakdown.by] + 1, plan.LEFT, [(label, "", count) for label, count in lines])


def _ages(report: Report) -> Values:
    lines = [(age_name(one, report.language), one.count, one.late) for one in report.ages]
    return _put(plan.AGES + 1, plan.RIGHT, lines[: plan.MOST_AGES])


def _notes(report: Report) -> Values:
    texts = (NOTHING_DUE, RESTRICTED, NOT_RANKED)
    lines = [(line,) for text in texts for line in plan.notes(text[report.language])]
    return _put(plan.NOTES, plan.LEFT, lines)


def _lists(report: Report) -> Values:
    """The lists below each other, and how many lines did not fit."""
    lines = [*_Lists(report).lines()]
    if len(lines) > plan.MOST_LINES:
        more = WORDS[report.language]["more_rows"].format(n=len(lines) - plan.MOST_LINES + 1)
        lines = [*lines[: plan.MOST_LINES - 1], ("", more)]
    return _put(plan.LISTS + 1, plan.MARKS, lines)


class _Lists:
    """The lists as lines: heading mark, number, received, due, days late, step, topic, department, remark."""

    def __init__(self, report: Report) -> None:
        self.report, self.language = report, report.language
        self.words, self.texts = WORDS[report.language], _TEXTS[report.language]

    def lines(self) -> Iterator[ReportRow]:
        report, words = self.report, self.words
        yield from self._listed(words["late_list"], report.late, words["nothing_late"])
        yield from self._section(
            words["superiors"],
            [self._case(one.case, self._superior(one)) for one in report.superiors],
            report.superiors_restricted,
            words["no_superiors"],
        )
        yield from self._listed(words["collective"], report.collective, words["none_in_period"])
        yield from self._listed(words["repeats"], report.repeats, words["none_in_period"])
        yield from self._section(
            words["leapfrog"],
            [self._case(one.case, self._before(one.earlier)) for one in report.leapfrog],
            report.leapfrog_restricted,
            words["none_in_period"],
        )
        yield from self._section(
            words["told"],
            [self._case(one.case, self._told(one)) for one in report.told],
            report.told_restricted,
            words["none_in_period"],
        )
        yield from self._integrity()

    def _section(self, name: str, lines: Sequence[ReportRow], restricted: int, none: str) -> Iterator[ReportRow]:
        yield (plan.HEADING, name)
        yield from lines
        if restricted:
            yield ("", self.words["restricted_list"].format(n=restricted))
        elif not lines:
            yield ("", none)
        yield ("",)

    def _listed(self, name: str, cases: CaseList, none: str) -> Iterator[ReportRow]:
        yield from self._section(name, [self._case(case) for case in cases.cases], cases.restricted, none)

    def _case(self, case: Listed, remark: str = "") -> ReportRow:
        step = step_name(case.step, self.language)
        return (
            "",
            case.number,
            case.received_on,
            case.due_on or "",
            case.days_late or "",
            step,
            case.topic,
            case.department,
            remark[:LONGEST],
        )

    def _superior(self, one: Superior) -> str:
        words = self.words
        late = "late" if one.fed_back_on else "waits_late"
        kept = {True: "yes", False: late, None: "not_yet" if one.wanted_by else "no_day"}[one.in_time]
        days = [
            self.texts[key].format(day=self._day(day))
            for key, day in (("wanted", one.wanted_by), ("given", one.fed_back_on))
            if day
        ]
        origin = " ".join(filter(None, (Channel.of(one.channel).label(self.language), one.reference)))
        return words["comma"].join([origin, *days, words[kept]])

    def _before(self, earlier: Sequence[Earlier]) -> str:
        """What was done here before, without a verdict."""
        return "\n".join(self._earlier(one) for one in earlier) or self.words["no_earlier"]

    def _earlier(self, was: Earlier) -> str:
        words = self.words
        story = [words["e_received"].format(day=self._day(was.received_on))] if was.received_on else []
        if was.due_on:
            story.append(words["e_due"].format(day=self._day(was.due_on)))
            story.append(
                words["e_replied"].format(day=self._day(was.replied_on)) if was.replied_on else words["e_open"]
            )
            if was.days_late:
                story.append(words["e_late1" if was.days_late == 1 else "e_late"].format(n=was.days_late))
        else:
            story.append(words["e_no_due"])
        story += [
            words[one.kind].format(day=self._day(one.on), role=role_name(one.slot, self.language))
            for one in was.reminded
        ]
        return words["comma"].join([" ".join(filter(None, (was.number, was.department))), *story])

    def _told(self, one: ToldCase) -> str:
        words, texts = self.words, self.texts
        parts = [words["important"]] if one.important else []
        parts += [words["collective_n"].format(n=one.people)] if one.people > 1 else []
        parts += [
            texts["alert"].format(role=role_name(slot, self.language), when=f"{self._day(when.date())} {when:%H:%M}")
            for slot, when in one.alerted
        ] or [texts["no_alert"]]
        leader_cells = [
            words[key] for key, there in (("leader_told", one.leader_told), ("leader_note", one.leader_note)) if there
        ]
        return words["comma"].join(
            [*parts, texts["leader"].format(what=words["comma"].join(leader_cells) or words["leader_silent"])]
        )

    def _integrity(self) -> Iterator[ReportRow]:
        found, words = self.report.integrity, self.words
        yield (plan.HEADING, words["integrity"])
        for key, numbers, restricted in (
            ("missing", found.missing, 0),
            ("vanished", found.vanished, 0),
            ("invalid", found.invalid, found.restricted),
        ):
            named = [listed(numbers, self.language, MOST_BEHIND)] if numbers else []
            secret = [words["restricted"].format(n=restricted)] if restricted else []
            yield (
                "",
                f"{words[key]}{words['colon']}{words['comma'].join([*named, *secret]) or words['none']}",
            )

    def _day(self, day: date | None) -> str:
        return short_day(day, self.report.now.date(), self.language)
