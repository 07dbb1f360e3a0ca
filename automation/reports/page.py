"""A report as one web page that loads and runs nothing; it reads on a phone, in the dark, aloud, and on A4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from automation.cases.indicator_text import NAMES, missed, target, value_text
from automation.reports.charts import HATCHES, bar, months_chart, swatch
from automation.reports.model import Breakdown, CaseList, Count, Earlier, Figure, Listed, Report, Superior, ToldCase
from automation.reports.page_words import WORDS, in_time, what_leaders_typed, why_urgent
from automation.reports.receptions import receptions_said
from automation.reports.wording import (
    BEHIND,
    BREAKDOWN_NAMES,
    HOW,
    NOT_RANKED,
    NOTHING_DUE,
    RESTRICTED,
    age_name,
    is_running,
    period_name,
    role_name,
    sentence,
    step_name,
    title,
)
from automation.text.catalogue import Sentences
from automation.text.characters import for_utf8
from automation.text.dates import day_name, month_name, short_day
from automation.text.percentages import percent
from automation.text.templates import TemplateValues, templates_in
from sheet_schema import RECEPTIONS
from sheet_schema.languages import traits
from sheet_schema.vocabulary import Channel

TEMPLATE = "report.html"
SHOWN_AT_ONCE = 12
"""Case numbers shown behind a figure; more are folded away."""
MANY_MINUTES, MANY_HOURS = 120, 48
"""From this many minutes on a time is given in hours, and from this many hours in days."""


def page_of(report: Report) -> str:
    """The page as HTML. Text from cells is escaped, and browsers are told to run no scripts."""
    return for_utf8(
        templates_in(Path(__file__).parent, report.language).get_template(TEMPLATE).render(_Page(report).values())
    )


class _Page:
    """The values that the page's template shows, section by section."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.language = report.language
        self.words = Sentences(WORDS, report.language)

    def values(self) -> TemplateValues:
        report, language = self.report, self.language
        when = f"{day_name(report.now.date(), language)} {report.now:%H:%M}"
        return {
            "lang": traits(language)["html"],
            "words": self.words,
            "title": title(report),
            "school": report.school or self.words["office"],
            "phone": report.phone,
            "period": self._span(report.period.first, report.period.last),
            "before": period_name(report.before, language),
            "as_of": self.words.say("so_far" if is_running(report) else "as_of", when=when),
            "sentence": sentence(report),
            "hatches": HATCHES,
            "swatches": {kind: swatch(kind) for kind in ("received", "answered", "late")},
            "sections": [(key, self.words[key]) for key in _SECTIONS],
            "figures": [self._figure(one) for one in report.figures],
            "months_chart": self._months_chart(),
            "months": [(month_name(one.first, language), one.received, one.replied) for one in report.months],
            "received": report.received,
            "breakdowns": [self._breakdown(one) for one in report.breakdowns],
            "ages": self._ages(),
            "ages_apart": self.words.say("apart_open", n=report.open.restricted, late=report.open.restricted_late)
            if report.open.restricted
            else "",
            "late": self._cases(report.late),
            "collective": self._cases(report.collective),
            "repeats": self._cases(report.repeats),
            "superiors": [self._superior(one) for one in report.superiors],
            "superiors_more": self._besides(report.superiors_restricted),
            "leapfrog": [
                {"case": self._case(one.case), "earlier": [self._earlier(was) for was in one.earlier]}
                for one in report.leapfrog
            ],
            "leapfrog_more": self._besides(report.leapfrog_restricted),
            "told": [self._told(one) for one in report.told],
            "told_more": self._besides(report.told_restricted),
            "counts": {
                key: len(getattr(report, key)) + getattr(report, f"{key}_restricted")
                for key in ("superiors", "leapfrog", "told")
            },
            "told_after": self.words.say("median", minutes=self._time(report.told_after))
            if report.told_after is not None
            else "",
            "integrity": self._integrity(),
            "receptions": receptions_said(report, language),
            "receptions_title": RECEPTIONS.label(language),
            "how": [
                (NAMES[one.indicator.key].say(language), HOW[one.indicator.key].say(language)) for one in report.figures
            ],
            "rules": [
                (self.words["restricted_rule"], RESTRICTED.say(language)),
                (self.words["per_cent"], NOTHING_DUE.say(language)),
                (self.words["departments"], NOT_RANKED.say(language)),
            ],
        }

    def _span(self, first: date, last: date) -> str:
        name = day_name(first, self.language)
        return name if first == last else f"{name} – {day_name(last, self.language)}"

    def _day(self, day: date | None) -> str:
        """A day as it fits into a table, with its year only if that is not the report's."""
        return short_day(day, self.report.now.date(), self.language)

    def _moment(self, when: datetime | None) -> str:
        return f"{self._day(when.date())} {when:%H:%M}" if when else ""

    def _numbers(self, numbers: Sequence[str], restricted: int = 0) -> TemplateValues:
        """Case numbers; if there are many, the first are shown and all can be unfolded."""
        return {
            "first": numbers[:SHOWN_AT_ONCE],
            "all": numbers,
            "folded": len(numbers) > SHOWN_AT_ONCE,
            "count": self.words.say("more", n=len(numbers)),
            "beside": self.words.say("restricted_beside" if numbers else "restricted", n=restricted)
            if restricted
            else "",
        }

    def _figure(self, figure: Figure) -> TemplateValues:
        one, language = figure.indicator, self.language
        return {
            "name": NAMES[one.key].say(language),
            "value": value_text(one, figure.value, language),
            "before": value_text(one, figure.before, language),
            "target": target(one, language),
            "missed": missed(one, figure.value),
            "behind": BEHIND[one.key].say(language),
            "numbers": self._numbers(figure.value.numbers, figure.restricted),
            "any": bool(figure.value.numbers or figure.restricted),
        }

    def _months_chart(self) -> str:
        months, language = self.report.months, self.language
        most = max(months, key=lambda month: month.received)
        ends = {key: month_name(months[at].first, language) for key, at in (("first", 0), ("last", -1))}
        described = self.words.say("months_desc", most=most.received, month=month_name(most.first, language))
        return months_chart(months, self.words.say("months_title", **ends), described, language)

    def _breakdown(self, breakdown: Breakdown) -> TemplateValues:
        apart = breakdown.restricted
        return {
            "by": breakdown.by,
            "name": BREAKDOWN_NAMES[breakdown.by].say(self.language),
            "lines": [self._line(one, breakdown) for one in breakdown.counts],
            "apart": self.words.say("apart", n=apart) if apart else "",
        }

    def _line(self, count: Count, breakdown: Breakdown) -> TemplateValues:
        most = max(one.count for one in breakdown.counts)
        share = percent(count.count, self.report.received)
        return {
            "label": count.label,
            "count": count.count,
            "bar": bar(count.count, most, self.words.say("share_of", n=share)),
            "numbers": self._numbers(count.numbers),
        }

    def _ages(self) -> list[TemplateValues]:
        most = max(one.count for one in self.report.open.ages)
        return [
            {
                "name": age_name(one, self.language),
                "open": one.count,
                "late": one.late,
                "bar": bar(one.count, most, self.words.say("open_title", open=one.count, late=one.late), one.late),
            }
            for one in self.report.open.ages
        ]

    def _case(self, case: Listed) -> TemplateValues:
        return {
            "number": case.number,
            "received": self._day(case.received_on),
            "topic": case.topic,
            "department": case.department,
            "step": step_name(case.step, self.language),
            "due": self._day(case.due_on),
            "late": case.days_late,
            "age": case.age,
        }

    def _cases(self, cases: CaseList) -> TemplateValues:
        return {
            "rows": [self._case(case) for case in cases.cases],
            "more": self._besides(cases.restricted),
            "count": cases.count,
        }

    def _besides(self, restricted: int) -> str:
        """What stands below a list from which restricted cases are left out."""
        return self.words.say("restricted_list", n=restricted) if restricted else ""

    def _superior(self, one: Superior) -> TemplateValues:
        return {
            "case": self._case(one.case),
            "origin": " ".join(filter(None, (Channel.of(one.channel).label(self.language), one.reference))),
            "wanted": self._day(one.wanted_by),
            "given": self._day(one.fed_back_on),
            "in_time": in_time(one, self.language),
            "missed": one.in_time is False,
        }

    def _earlier(self, was: Earlier) -> TemplateValues:
        words = self.words
        story = [words.say("e_received", day=self._day(was.received_on))] if was.received_on else []
        if was.due_on:
            story.append(words.say("e_due", day=self._day(was.due_on)))
            story.append(words.say("e_replied", day=self._day(was.replied_on)) if was.replied_on else words["e_open"])
            if was.days_late:
                story.append(words.say("e_late", n=was.days_late))
            elif was.replied_on:
                story.append(words["e_in_time"])
        else:
            story.append(words["e_no_due"])
        return {
            "number": was.number,
            "department": was.department,
            "story": words["comma"].join(story) + words["stop"].strip(),
            "reminded": [
                words.say(one.kind, day=self._day(one.on), role=role_name(one.slot, self.language))
                for one in was.reminded
            ],
        }

    def _told(self, one: ToldCase) -> TemplateValues:
        words = self.words
        return {
            "case": self._case(one.case),
            "what": words["comma"].join(why_urgent(one, self.language)),
            "seen": self._moment(one.seen_at),
            "alerts": [f"{role_name(slot, self.language)} {self._moment(when)}" for slot, when in one.alerted],
            "after": words.say("after", minutes=self._time(one.minutes))
            if one.minutes
            else words["at_once"]
            if one.alerted
            else "",
            "leader": what_leaders_typed(one, self.language),
        }

    def _time(self, minutes: float) -> str:
        """`1 minute`, `35 minutes`, `5 hours`, `3 days`: rounded up, so that nothing seems quicker than it was."""
        whole = max(1, -int(-minutes // 1))
        if whole < MANY_MINUTES:
            return self.words.say("minutes", n=whole)
        hours = -(-whole // 60)
        if hours < MANY_HOURS:
            return self.words.say("hours", n=hours)
        return self.words.say("days", n=-(-hours // 24))

    def _integrity(self) -> list[tuple[str, TemplateValues, bool]]:
        found = self.report.integrity
        return [
            (self.words["missing"], self._numbers(found.missing), bool(found.missing)),
            (self.words["vanished"], self._numbers(found.vanished), bool(found.vanished)),
            (
                self.words["invalid"],
                self._numbers(found.invalid, found.restricted),
                bool(found.invalid or found.restricted),
            ),
        ]


_SECTIONS = (
    "figures",
    "months",
    "came",
    "open",
    "superiors",
    "collective",
    "repeats",
    "leapfrog",
    "told",
    "integrity",
    "how",
)
