"""The words that the report's page and tab share, and what both say of a case. What only the page says stands in it."""

from __future__ import annotations

from collections.abc import Mapping

from automation.reports.model import Superior, ToldCase
from automation.text.catalogue import Message, Sentences, counted, msg
from sheet_schema import Language

WORDS: Mapping[str, Message] = {
        "office": msg("Letters and visits office", "briefly"), "phone": msg("Telephone"),
        "as_of": msg("As of {when}"), "so_far": msg("The period is not over: figures are those so far, as of {when}."),
        "figures": msg("The figures"), "indicator": msg("Indicator"), "value": msg("In the period"), "target": msg("Target"),
        "before": msg("Before"), "missed": msg("missed"),
        "more": msg("all {n}"), "restricted": counted("one confidential case", "{n} confidential cases"), "restricted_beside": counted("and one confidential one", "and {n} confidential ones"),
        "months": msg("Month by month"), "month": msg("Month"), "received": msg("Received"), "answered": msg("Answered"),
        "months_title": msg("Received and answered, {first} to {last}"),
        "months_desc": msg("Two bars for each month; the table beside them has the numbers. Most received: {most} in {month}."),
        "came": msg("What came, and how"), "count": msg("Cases"), "chart": msg("Chart"), "numbers": msg("Numbers"), "share_of": msg("{n}% of what came"),
        "apart": counted("One confidential case stands in no line here.", "{n} confidential cases stand in no line here."),
        "apart_open": counted("One confidential case stands in no line here; late: {late}.", "{n} confidential cases stand in no line here; late: {late}."),
        "open": msg("Open and late"), "open_title": msg("{open} open, {late} of them late"),
        "no_open": msg("No case is open."),
        "late_list": msg("Late, worst first"), "nothing_late": msg("Nothing is late."),
        "case": msg("Case"), "step": msg("Next step"), "days_late": msg("Days late"),
        "restricted_list": counted("One confidential case is not named.", "{n} confidential cases are not named."),
        "more_lines": msg("{n} more lines do not fit here; the report's page has them all."),
        "superiors": msg("From authorities and leaders"), "wanted": msg("Wanted by"), "given": msg("Reported back"),
        "yes": msg("in time"), "late": msg("too late"), "waits_late": msg("late", "superior"), "not_yet": msg("not due yet"), "no_day": msg("no day set"),
        "no_superiors": msg("No matter from authorities or leaders waited for an answer in the period."),
        "collective": msg("Group visits"), "repeats": msg("Repeats"), "none_in_period": msg("None in the period."),
        "leapfrog": msg("Skipped a stage"),
        "no_earlier": msg("No earlier case is named in Repeat of."), "earlier": msg("Handled here before"),
        "e_received": msg("received {day}"), "e_due": msg("answer due {day}"), "e_replied": msg("answered {day}"), "e_open": msg("not answered"),
        "e_late": counted("1 day late", "{n} days late"), "e_in_time": msg("in time"), "e_no_due": msg("no answer was owed"),
        "reminded": msg("Reminded"), "reminder": msg("{day}: reminder to the {role}"), "escalation": msg("{day}: reported as late to the {role}"),
        "told": msg("What leaders were told"),
        "median": msg("Half of the first alerts went out within {minutes} of the case being first seen."),
        "what": msg("What"), "important": msg("Important"), "collective_n": msg("Group of {n} people"), "joint_n": msg("Joint, {n} people"), "seen": msg("First seen"), "alert": msg("Alert"), "no_alert": msg("none went out"),
        "after": msg("{minutes} later"), "at_once": msg("at once"), "minutes": counted("1 minute", "{n} minutes"), "hours": msg("{n} hours"), "days": msg("{n} days"),
        "leader": msg("Leader"), "leader_told": msg("told"), "leader_note": msg("left a note"), "leader_silent": msg("nothing entered"),
        "integrity": msg("Is the ledger whole?"), "missing": msg("Numbers missing from the Register"), "vanished": msg("Numbers gone from Filing"),
        "invalid": msg("Rows wrong for more than a working day"), "none": msg("none"),
        "how": msg("How each figure is counted"), "restricted_rule": msg("Confidential cases"), "per_cent": msg("Nothing due"), "departments": msg("Departments"),
        "not_set": msg("–"), "mark": msg(","), "before_and": msg(" ", "before and"), "comma": msg(", "), "colon": msg(": "), "stop": msg(". "),
    }  # fmt: skip


def in_time(one: Superior, language: Language) -> str:
    """Whether superiors or leaders had their answer by the day they wanted it."""
    late = "late" if one.fed_back_on else "waits_late"
    return Sentences(WORDS, language)[
        {True: "yes", False: late, None: "not_yet" if one.wanted_by else "no_day"}[one.in_time]
    ]


def why_urgent(one: ToldCase, language: Language) -> list[str]:
    """Why leaders were to be told of a case at once: it is important, or many came."""
    words = Sentences(WORDS, language)
    important = [words["important"]] if one.important else []
    return [
        *important,
        *([words.say("joint_n" if one.joint else "collective_n", n=one.people)] if one.people > 1 else []),
    ]


def what_leaders_typed(one: ToldCase, language: Language) -> str:
    """Which cells say that a leader has heard of a case."""
    words = Sentences(WORDS, language)
    filled = (("leader_told", one.leader_told), ("leader_note", one.leader_note))
    return words["comma"].join(words[key] for key, there in filled if there) or words["leader_silent"]
