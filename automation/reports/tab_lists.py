"""The lists of cases at the foot of the Report tab, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from automation.cases.indicator_text import numbers_named
from automation.ledger.workbook import Cell
from automation.pages.report import HEADING
from automation.reports.model import CaseList, Earlier, Listed, Report, Superior, ToldCase
from automation.reports.page_words import WORDS, in_time, what_leaders_typed, why_urgent
from automation.reports.receptions import receptions_said
from automation.reports.wording import role_name, step_name
from automation.text.catalogue import Message, Sentences, msg
from automation.text.dates import short_day
from sheet_schema import RECEPTIONS
from sheet_schema.vocabulary import Channel

MOST_BEHIND = 10
"""Case numbers listed behind a figure; the page and `--json` list more."""
LONGEST = 2_000
"""Characters of a remark."""
_TEXTS: Mapping[str, Message] = {
    "wanted": msg("wanted by {day}"),
    "given": msg("reported back {day}"),
    "alert": msg("alert to {role} {when}"),
    "no_alert": msg("no alert went out"),
    "leader": msg("leader: {what}"),
}
ReportRow = tuple[Cell, ...]


class TabLists:
    """The lists as lines: heading mark, number, received, due, days late, step, topic, department, remark."""

    def __init__(self, report: Report) -> None:
        self.report, self.language = report, report.language
        self.words, self.texts = Sentences(WORDS, report.language), Sentences(_TEXTS, report.language)

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
        if said := receptions_said(self.report, self.report.language):
            yield (HEADING, RECEPTIONS.label(self.report.language))
            yield ("", said)
            yield ("",)
        yield from self._integrity()

    def _section(self, name: str, lines: Sequence[ReportRow], restricted: int, none: str) -> Iterator[ReportRow]:
        yield (HEADING, name)
        yield from lines
        if restricted:
            yield ("", self.words.say("restricted_list", n=restricted))
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
        days = [
            self.texts.say(key, day=self._day(day))
            for key, day in (("wanted", one.wanted_by), ("given", one.fed_back_on))
            if day
        ]
        origin = " ".join(filter(None, (Channel.of(one.channel).label(self.language), one.reference)))
        return words["comma"].join([origin, *days, in_time(one, self.language)])

    def _before(self, earlier: Sequence[Earlier]) -> str:
        """What was done here before, without a verdict."""
        return "\n".join(self._earlier(one) for one in earlier) or self.words["no_earlier"]

    def _earlier(self, was: Earlier) -> str:
        words = self.words
        story = [words.say("e_received", day=self._day(was.received_on))] if was.received_on else []
        if was.due_on:
            story.append(words.say("e_due", day=self._day(was.due_on)))
            story.append(words.say("e_replied", day=self._day(was.replied_on)) if was.replied_on else words["e_open"])
            if was.days_late:
                story.append(words.say("e_late", n=was.days_late))
        else:
            story.append(words["e_no_due"])
        story += [
            words.say(one.kind, day=self._day(one.on), role=role_name(one.slot, self.language)) for one in was.reminded
        ]
        return words["comma"].join([" ".join(filter(None, (was.number, was.department))), *story])

    def _told(self, one: ToldCase) -> str:
        words, texts = self.words, self.texts
        parts = why_urgent(one, self.language)
        parts += [
            texts.say("alert", role=role_name(slot, self.language), when=f"{self._day(when.date())} {when:%H:%M}")
            for slot, when in one.alerted
        ] or [texts["no_alert"]]
        return words["comma"].join([*parts, texts.say("leader", what=what_leaders_typed(one, self.language))])

    def _integrity(self) -> Iterator[ReportRow]:
        found, words = self.report.integrity, self.words
        yield (HEADING, words["integrity"])
        for key, numbers, restricted in (
            ("missing", found.missing, 0),
            ("vanished", found.vanished, 0),
            ("invalid", found.invalid, found.restricted),
        ):
            named = [numbers_named(numbers, self.language, MOST_BEHIND)] if numbers else []
            secret = [words.say("restricted", n=restricted)] if restricted else []
            yield (
                "",
                f"{words[key]}{words['colon']}{words['comma'].join([*named, *secret]) or words['none']}",
            )

    def _day(self, day: date | None) -> str:
        return short_day(day, self.report.now.date(), self.language)
