"""A report's words, wherever it is shown: title, summary sentence, names of periods, how each figure is counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from automation.cases.indicator_text import numbers_named
from automation.reports.model import Age, Figure, Period, Report
from automation.text.catalogue import Message, Sentences, counted, in_a_row, msg, sentences
from automation.text.dates import day_name, month_name, spoken, year_alone
from sheet_schema import REGISTER, Language
from sheet_schema.languages import traits
from sheet_schema.vocabulary import Role, Step, Who

BREAKDOWN_NAMES: Mapping[str, Message] = {
    "channel": msg("How it came"),
    "kind": msg("Kind of matter"),
    "topic": msg("Topic"),
    "department": msg("Department in charge"),
    "decision": msg("Decision"),
    "outcome": msg("Outcome"),
}
HOW: Mapping[str, Message] = {
    "received": msg(
        "Everything that came in the period by its day received (where none is filled in, the day it was first seen), confidential cases included, void entries left aside."
    ),
    "notified_in_time": msg(
        "Of the notices that fell due in the period: how many were given by their due date. Open and past its date counts as missed; nobody to tell (anonymous, no contact) is left aside."
    ),
    "replied_in_time": msg(
        "Of the answers that fell due in the period, by the school's own time limit and with valid extensions: how many were given by then. Open and past its date counts as missed; what was declined, referred, explained or void owes no answer."
    ),
    "within_legal_limit": msg("The same against the legal limit."),
    "first_time_settled": msg(
        "Of the accepted first-time matters received in the period: how many have been answered by now. What is not due yet is left aside; repeats do not count."
    ),
    "reported_back_in_time": msg(
        "Of the reports to authorities and leaders that fell due in the period: how many were made by then."
    ),
    "satisfied": msg(
        "Of those answered in the period who said how satisfied they were: good or fair. Read it beside the share of people who said."
    ),
    "rated": msg("Of the cases answered in the period: those in which the person said how satisfied they were."),
    "days_taken": msg(
        "Days from acceptance (until decided: from receipt) to the answer, for what was answered in the period. An answer dated before its case is left aside. Days on which the clock stood still because the case waited are left out; they have a figure of their own."
    ),
    "waited": msg(
        "Of what was received in the period: cases whose clock of the answer stood still for a day or more, or does."
    ),
    "days_waited": msg(
        "Of the cases answered in the period whose clock stood still: for how many days, until the answer."
    ),
    "repeated": msg("Of what was received in the period: cases that the office marked as the repeat of another."),
    "collective": msg(
        "Visits in the period of at least as many people as Settings call a group visit; without a number, names count."
    ),
    "joint": msg("Letters, calls and messages in the period of as many people as make a group visit."),
    "repeat_collective": msg("Group visits that are repeats."),
    "leapfrog": msg(
        "Visits in the period, ticked by the office as having skipped a stage. The program never infers it."
    ),
}
"""How each indicator is counted, by its key."""
BEHIND: Mapping[str, Message] = {
    "received": msg("Cases", "of an indicator"),
    "notified_in_time": msg("Not in time"),
    "replied_in_time": msg("Not in time"),
    "within_legal_limit": msg("Not in time"),
    "first_time_settled": msg("Not answered"),
    "reported_back_in_time": msg("Not in time"),
    "satisfied": msg("Not satisfied"),
    "rated": msg("Did not say"),
    "days_taken": msg("Answered", "state"),
    "waited": msg("Cases", "of an indicator"),
    "days_waited": msg("Answered", "state"),
    "repeated": msg("Repeats"),
    "collective": msg("Cases", "of an indicator"),
    "joint": msg("Cases", "of an indicator"),
    "repeat_collective": msg("Cases", "of an indicator"),
    "leapfrog": msg("Cases", "of an indicator"),
}
"""What the cases behind each indicator are; behind a share with a target, those that missed it."""
NOTHING_DUE = msg(
    "A dash stands where nothing was due: that is not 100%. Per cents are rounded, but 100% means all, and 0% none."
)
RESTRICTED = msg(
    "Confidential cases (Restricted in the Register) count in every total and every share. They are never named: beside a list stands how many there are. Where cases are counted by channel, kind, topic, department or age, confidential ones are in no line, since that would tell who."
)
NOT_RANKED = msg(
    "Departments stand in the order of their tab. Many matters are no fault: who registers everything has more of them."
)
_TEXTS: Mapping[str, Message] = {
        "title": msg("Letters and visits, {period}"), "so_far": msg("so far"),
        "came": counted("One matter came in", "{n} matters came in"), "came0": msg("Nothing came in"),
        "answered": counted("; one was answered.", "; {n} were answered."), "answered0": msg("; none was answered."),
        "in_time": counted("The one answer that fell due came {how}.", "Of the {n} answers that fell due, {kept} came in time."),
        "kept": msg("in time", "stood"), "missed": msg("late or is still open"),
        "all_in_time": msg("All {due} answers that fell due came in time."),
        "none_in_time": msg("None of the {due} answers that fell due came in time."),
        "nothing_due": msg("No answer fell due."),
        "late": counted("One is late today.", "{n} are late today."), "late0": msg("Nothing is late today."),
        "besides": counted("{named} and one confidential one", "{named} and {n} confidential ones"),
        "besides_more": counted("{named}, {more} more and one confidential one", "{named}, {more} more and {n} confidential ones"),
        "only_secret": counted("one confidential case", "{n} confidential cases"),
        "age": msg("{least}–{most} days"), "older": msg("{least} days or more"),
    }  # fmt: skip


def title(report: Report) -> str:
    return Sentences(_TEXTS, report.language).say("title", period=period_name(report.period, report.language))


def period_name(period: Period, language: Language) -> str:
    """`March 2026`, `2026`, `5 January 2026 to 27 March 2026`; 2026年3月、2026年、2026年1月5日至3月27日."""
    first, last = period.first, period.last
    ends_month = (last + timedelta(days=1)).day == 1
    if first.day == 1 and ends_month and (first.year, first.month) == (last.year, last.month):
        return month_name(first, language)
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return year_alone(first, language)
    if first == last:
        return day_name(first, language)
    if traits(language)["year_of_a_span"] == "last":
        return msg("{first} to {last}").say(
            language, first=spoken(first, last, language), last=day_name(last, language)
        )
    return msg("{first} to {last}").say(language, first=day_name(first, language), last=spoken(last, first, language))


def sentence(report: Report) -> str:
    """The period in one or two sentences: what came in, was answered, was answered in time, and is late."""
    texts = Sentences(_TEXTS, report.language)
    figures = {figure.indicator.key: figure.value for figure in report.figures}
    due = figures["replied_in_time"]
    parts = (
        texts.say("came", n=report.received) + texts.say("answered", n=report.replied),
        _in_time(texts, int(due.part), due.whole),
        texts.say("late", n=report.open.late),
    )
    return sentences(parts, report.language)


def _in_time(texts: Sentences, kept: int, due: int) -> str:
    if due == 0:
        return texts["nothing_due"]
    if due > 1 and kept in (0, due):
        return texts.say("all_in_time" if kept else "none_in_time", due=due)
    return texts.say("in_time", n=due, kept=kept, how=texts["kept" if kept else "missed"])


def numbers_behind(figure: Figure, language: Language, most: int) -> str:
    """The cases behind a figure on one line: the first `most` that may be named, how many beyond them, how many restricted."""
    numbers = figure.value.numbers
    if not figure.restricted:
        return numbers_named(numbers, language, most)
    texts, more = Sentences(_TEXTS, language), len(numbers) - most
    key = "only_secret" if not numbers else "besides" if more <= 0 else "besides_more"
    return texts.say(key, named=in_a_row(numbers[:most], language), more=more, n=figure.restricted)


def is_running(report: Report) -> bool:
    """Whether the period is not over, so that its figures are those so far."""
    return report.period.last >= report.now.date()


def age_name(age: Age, language: Language) -> str:
    """`8–15 days`, `61 days or more`."""
    texts = Sentences(_TEXTS, language)
    if age.most is None:
        return texts.say("older", least=age.least)
    return texts.say("age", least=age.least, most=age.most)


def role_name(slot: str, language: Language) -> str:
    """A role's name; a slot that is not a role is a person's name."""
    return {word.key: word.label(language) for words in (Who, Role) for word in words}.get(slot, slot)


def step_name(step: str, language: Language) -> str:
    return Step.of(step).label(language) if step else ""


def column_name(key: str, language: Language) -> str:
    """A Register column's label."""
    return REGISTER[key].label(language)
