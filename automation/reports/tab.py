"""A report on the Report tab: its figures, the blocks for its charts, and below them the lists of cases."""

from __future__ import annotations

from collections.abc import Sequence

from automation.cases.indicator_text import NAMES, missed, target, value_text
from automation.ledger.errors import LedgerError
from automation.ledger.titles_and_headers import language_of, title_of
from automation.ledger.workbook import Cell, Commit, Workbook
from automation.pages import report as plan
from automation.pages.edits import page_edit
from automation.pages.page import Values
from automation.reports.model import Breakdown, Report
from automation.reports.page_words import WORDS
from automation.reports.tab_lists import MOST_BEHIND, ReportRow, TabLists
from automation.reports.wording import (
    NOT_RANKED,
    NOTHING_DUE,
    RESTRICTED,
    age_name,
    is_running,
    numbers_behind,
    period_name,
    sentence,
    title,
)
from automation.text.catalogue import Sentences, msg
from automation.text.dates import day_name, short_month
from sheet_schema import REPORT


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
        msg(
            "The tab {label} is missing or holds something else: rename what is there, and run `install`, which lays it out."
        ).of(label=label)
    )


def report_cells(report: Report) -> Values:
    """The report's values by row and column."""
    return {
        **_head(report),
        **_figures(report),
        **_months(report),
        **{
            place: cell
            for one in report.breakdowns
            if one.by in _HEADS
            for place, cell in _breakdown(one, report).items()
        },
        **_ages(report),
        **_notes(report),
        **_lists(report),
    }


def _put(row: int, column: int, lines: Sequence[ReportRow]) -> dict[tuple[int, int], Cell]:
    return {(i, j): cell for i, line in enumerate(lines, start=row) for j, cell in enumerate(line, start=column)}


def _head(report: Report) -> Values:
    words, language = Sentences(WORDS, report.language), report.language
    when = f"{day_name(report.now.date(), language)} {report.now:%H:%M}"
    as_of = words.say("so_far" if is_running(report) else "as_of", when=when)
    beside = f"{words['before']}{words['colon']}{period_name(report.before, language)}"
    parts = [part for part in (report.school, as_of, beside) if part]
    return {
        (plan.TITLE, plan.LEFT): title(report),
        (plan.SENTENCE, plan.LEFT): sentence(report),
        (plan.AS_OF, plan.LEFT): " · ".join(parts),
    }


def _figures(report: Report) -> Values:
    words, language = Sentences(WORDS, report.language), report.language
    lines = [
        (
            NAMES[one.indicator.key].say(language),
            "",
            "",
            value_text(one.indicator, one.value, language),
            target(one.indicator, language),
            value_text(one.indicator, one.before, language),
            words["missed"] if missed(one.indicator, one.value) else "",
            numbers_behind(one, language, MOST_BEHIND),
        )
        for one in report.figures[: plan.MOST_FIGURES]
    ]
    return _put(plan.FIGURES + 1, plan.LEFT, lines)


def _months(report: Report) -> Values:
    lines = [(short_month(one.first, report.language), "", one.received, one.replied) for one in report.months]
    return _put(plan.MONTHS + 1, plan.LEFT, lines[: plan.MOST_MONTHS])


FIXED = ("channel", "kind")
"""Breakdowns that always have the same lines."""
_OTHERS = msg("Others")
_HEADS = {"channel": plan.CHANNELS, "kind": plan.KINDS, "topic": plan.TOPICS, "department": plan.DEPARTMENTS}
"""The breakdowns that have a place in the tab; the others stand in the page, the yearly document and the tables."""


def _breakdown(breakdown: Breakdown, report: Report) -> Values:
    """Each word on its own line, or the names in order; then all other names, cases not filled in, restricted ones."""
    words = Sentences(WORDS, report.language)
    counts = list(breakdown.counts)
    cut = [one for one in counts if one.key][plan.MOST_NAMES :]
    lines = [(one.label, one.count) for one in counts if one not in cut and (one.count or breakdown.by in FIXED)]
    if cut:
        lines.insert(plan.MOST_NAMES, (_OTHERS.say(report.language), sum(one.count for one in cut)))
    if breakdown.restricted:
        lines.append((words["restricted_rule"], breakdown.restricted))
    return _put(_HEADS[breakdown.by] + 1, plan.LEFT, [(label, "", count) for label, count in lines])


def _ages(report: Report) -> Values:
    lines = [(age_name(one, report.language), one.count, one.late) for one in report.open.ages]
    lines = lines[: plan.MOST_AGES]
    if report.open.restricted:
        apart = Sentences(WORDS, report.language)["restricted_rule"]
        lines.append((apart, report.open.restricted, report.open.restricted_late))
    return _put(plan.AGES + 1, plan.RIGHT, lines)


def _notes(report: Report) -> Values:
    texts = (NOTHING_DUE, RESTRICTED, NOT_RANKED)
    lines = [(line,) for text in texts for line in plan.notes(text.say(report.language))]
    return _put(plan.NOTES, plan.LEFT, lines)


def _lists(report: Report) -> Values:
    """The lists below each other, and how many lines did not fit."""
    lines = [*TabLists(report).lines()]
    if len(lines) > plan.MOST_LINES:
        more = Sentences(WORDS, report.language).say("more_lines", n=len(lines) - plan.MOST_LINES + 1)
        lines = [*lines[: plan.MOST_LINES - 1], ("", more)]
    return _put(plan.LISTS + 1, plan.MARKS, lines)
