"""Writes a due date as a sum that a person can check: "Received 2026-03-02 + 15 days"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from textwrap import shorten

import numpy as np

from automation.cases.clocks import Clock
from automation.cases.stopped_clocks import NOTHING, Counted
from automation.ledger.calendar import DueSum, Stretch
from automation.ledger.model import Ledger
from automation.ledger.policy import Deadline
from automation.text.catalogue import Message, Sentences, counted, listed, msg, with_note
from automation.text.dates import amount_of
from sheet_schema import TAB, Language
from sheet_schema.vocabulary import Decision, Start, Unit

_TEXTS: Mapping[str, Message] = {
    "sum": msg("{start} {begun} + {amount}"),
    "waited": msg(" + {amount} waiting for {what}"),
    "only_waited": msg(" + {amount} waiting"),
    "rolled": msg(", moved on from {end}, a day off"),
    "skipped": msg(", not counting {stretches}"),
    "made_up": msg(", counting {stretches} worked instead"),
    "extended": msg("extended to {due} (before: {sum})"),
    "superior": msg("the day named by whoever asked"),
    "span": msg("{first} to {last}"),
    "rule_from": msg(", by the rule from {first} on"),
    "rule_until": msg(", by the rule until {last}"),
    "rule_days": msg(", by the rule from {first} until {last}"),
    "weekend": counted("{n} weekend day", "{n} weekend days"),
}


LONGEST_REASON = 60
"""In characters: so much of what was waited for stands in a sum."""
Spoken = Callable[[date], str]
"""Turns a day into text: 2026-03-17, or in a mail 17 March."""


def due_sum(ledger: Ledger, clock: Clock, position: int, spoken: Spoken = date.isoformat) -> str:
    """Explain one case's due date in the ledger's language: the sum, the extension, or the superior's own deadline."""
    rule = ledger.policy.deadlines[clock.rule[position]] if clock.rule[position] >= 0 else None
    written = _sum(ledger, rule, clock, position, spoken)
    if clock.extended[position]:
        due, within = spoken(clock.due[position].item()), written[:1].lower() + written[1:]
        return Sentences(_TEXTS, ledger.language).say("extended", due=due, sum=within)
    return Sentences(_TEXTS, ledger.language)["superior"] if clock.capped_by_superior[position] else written


def _sum(ledger: Ledger, rule: Deadline | None, clock: Clock, position: int, spoken: Spoken) -> str:
    texts, language = Sentences(_TEXTS, ledger.language), ledger.language
    if rule is None or np.isnat(clock.start[position]):
        return texts["superior"]
    start: date = clock.start[position].item()
    waits = clock.waits.get(position, NOTHING)
    counted = ledger.policy.calendar.sum_of(start, rule.amount + waits.extra, rule.unit, rule.roll_forward)
    amount = amount_of(Unit.of(rule.unit), rule.amount)
    label = _start_label(ledger, Start.of(rule.starts_from), position)
    text = texts.say("sum", start=label, begun=spoken(start), amount=amount) + _waited(waits, rule, texts)
    text += _skipped_and_moved(counted, language, spoken) if counted else ""
    return text + _rule_days(rule, texts, spoken)


def _waited(waits: Counted, rule: Deadline, texts: Sentences) -> str:
    """What was added for each wait, with what was waited for."""
    text = ""
    for stretch, units, *_ in waits.parts:
        what = shorten(" ".join(stretch.what.split()), LONGEST_REASON, placeholder="…").rstrip(".。")
        text += texts.say("waited" if what else "only_waited", amount=amount_of(Unit.of(rule.unit), units), what=what)
    return text


def _rule_days(rule: Deadline, texts: Sentences, spoken: Spoken) -> str:
    """On which days the rule holds, where it does not always."""
    first, last = rule.days.first, rule.days.last
    if first is None and last is None:
        return ""
    key = "rule_until" if first is None else "rule_from" if last is None else "rule_days"
    return texts.say(key, first=first and spoken(first), last=last and spoken(last))


def _start_label(ledger: Ledger, start: Start, position: int) -> str:
    """The label of the day the clock really started: until accepted, "received"; without that, "first seen"."""
    register, language = ledger.register, ledger.language
    accepted = register["decision"][position] == Decision.ACCEPT.key
    if start is Start.ACCEPTED and not (accepted and not np.isnat(register["decided_on"][position])):
        start = Start.RECEIVED
    if start is Start.RECEIVED and np.isnat(register["received_on"][position]):
        return TAB["index"]["first_seen"].label(language)
    return start.label(language)


def _skipped_and_moved(counted: DueSum, language: Language, spoken: Spoken) -> str:
    """The days off that were skipped, the make-up workdays that were counted, and the move off a day off."""
    texts = Sentences(_TEXTS, language)
    text = ""
    if counted.skipped:
        text += texts.say("skipped", stretches=_stretches(counted.skipped, language, spoken))
    if counted.made_up:
        text += texts.say("made_up", stretches=_stretches(counted.made_up, language, spoken))
    if counted.due != counted.end:
        text += texts.say("rolled", end=spoken(counted.end))
    return text


def _stretches(stretches: tuple[Stretch, ...], language: Language, spoken: Spoken) -> str:
    return listed((_stretch(stretch, language, spoken) for stretch in stretches), language)


def _stretch(stretch: Stretch, language: Language, spoken: Spoken) -> str:
    if not stretch.name:
        return Sentences(_TEXTS, language).say("weekend", n=stretch.days)
    first, last = spoken(stretch.first), spoken(stretch.last)
    span = first if first == last else Sentences(_TEXTS, language).say("span", first=first, last=last)
    return with_note(stretch.name, span, language)
