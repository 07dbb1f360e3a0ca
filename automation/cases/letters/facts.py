"""What a letter about a case says: the value of each placeholder, and what is still missing for it (docs/design.md#p16.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock, deadline_rows
from automation.cases.joining import TEXTS
from automation.cases.letters.made import Made, last_to_hand_over
from automation.cases.letters.placeholders import (
    COUNTED,
    OF_COLUMNS,
    OF_SETTINGS,
    PLACEHOLDERS,
    column_of,
    filled,
    places_in,
)
from automation.ledger.normal_form import is_anonymous
from automation.ledger.office_time import today
from automation.ledger.petitioners import petitioners
from automation.ledger.table import Table
from automation.text.catalogue import Message, in_a_row, msg, with_note
from automation.text.characters import for_xml
from automation.text.dates import amount_of, day_name
from sheet_schema import REGISTER, SETTING, Type
from sheet_schema.languages import traits
from sheet_schema.letter_files import LetterDeclared, letters_of
from sheet_schema.vocabulary import Decision, Kind, Start, Step, Unit

Lack = tuple[str, Message]
"""The column where it would be typed, and what is missing or does not fit."""

MISSING = msg("{column} is blank, and the letter “{letter}” says it.")
_NOT_KNOWN = msg("Its template says {place}, which is not known for the letter “{letter}” of this case.")
_SETTING = msg("{column} in Settings is blank, and the letter “{letter}” says it.")
_DECISION = msg("The letter “{letter}” is for the decision {decisions}.")
_UNDECIDED = msg("No letter is made of a void case.")
_CHANNEL = msg("The letter “{letter}” is for {channels} only.")
_NO_DUE = msg("No row of Deadlines gives a day for {steps}, and the letter “{letter}” says one.")
_NO_EXTENSION = msg(
    "The extension does not count, so no letter tells of it: what is missing is said at {column}, or the day is no later than the old one."
)
_NO_REMEDY = msg("No row of Deadlines gives a day for {steps}, which the letter “{letter}” has to say for this kind.")
_NO_LETTER = msg("No letter has been made that a record of delivery could be about.")
_RULES: Mapping[Start, Message] = {
    Start.RECEIVED: msg("{amount} from {begun}, when we received it"),
    Start.ACCEPTED: msg("{amount} from {begun}, when it was taken up"),
    Start.REPLIED: msg("{amount} from {begun}, when it was answered"),
    Start.REVIEW: msg("{amount} from {begun}, when the next stage was asked for"),
}
_EXTENDED = msg("as extended")
_BY_SUPERIOR = msg("the day named by whoever asked us")
_NAMELESS = msg("Sir or Madam")


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says of a case. `values` has a text for each placeholder, blank where nothing is known; `lacks` what is
    missing, `texts` what people wrote, by its column."""

    values: Mapping[str, str]
    lacks: tuple[Lack, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    def blanks(self, places: Iterable[str], declared: LetterDeclared) -> list[Lack]:
        """What a template wants to say that is not known, besides what is missing anyway."""
        known = {column for column, _ in self.lacks}
        blank = (place for place in dict.fromkeys(places) if self.values.get(place, "") == "")
        lacks = (_lack_of(place, declared) for place in blank)
        return [lack for lack in lacks if lack is not None and lack[0] not in known]


def declared_for(cases: Cases, kind: str) -> LetterDeclared:
    """The letter of this kind, as the ledger's preset has it."""
    settings, language = cases.ledger.policy.settings, cases.ledger.language
    return letters_of(settings["preset"] or str(traits(language)["preset"]))[kind]


def mark_of(cases: Cases, at: int, declared: LetterDeclared) -> str:
    """A short checksum of what this kind of letter would say of what people typed, whatever the day."""
    values = _typed(cases, at)
    said = [f"{place}={values[place]}" for place in declared.demands if place in values and place != "document"]
    return sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def facts_of(cases: Cases, at: int, declared: LetterDeclared) -> LetterFacts:
    """Work out what the letter says of the case at row position `at`."""
    values, lacks = _typed(cases, at), [*_lacks_typed(cases, at, declared)]
    counted, more = _counted(cases, at, declared)
    values.update(counted)
    values = {place: for_xml(values.get(place, "")) for place in PLACEHOLDERS}
    register = cases.register
    used = {"summary" if place == "matter" else OF_COLUMNS.get(place, "") for place in _places(cases, declared)}
    texts = {
        key: str(_table_with(cases, key)[key][at]) for key in register.tab.keys if key in used and _is_written(key)
    }
    if "summary" in texts and register["matter"][at]:
        texts = {**texts, "summary": "", "matter": str(register["matter"][at])}
    return LetterFacts(values, (*lacks, *more), texts)


def _table_with(cases: Cases, key: str) -> Table:
    """The Register with what counts from a joined case; of texts what stands in each row, since a text about one person goes to no
    other, and its number alone would say nothing (docs/design.md#p21.3)."""
    return cases.ledger.register if key in TEXTS else cases.register


def _places(cases: Cases, declared: LetterDeclared) -> list[str]:
    return [place for line in declared.lines(cases.ledger.language) for place in places_in(line)]


def _is_written(key: str) -> bool:
    """Whether people write sentences in the column, or names of bodies."""
    column = REGISTER[key]
    return (
        column.staff and column.type in (Type.LONG, Type.TEXT) and key not in ("petitioner", "contact", "extension_by")
    )


def _typed(cases: Cases, at: int) -> dict[str, str]:
    """What stands in the columns and settings, as a letter says it."""
    register, language = cases.register, cases.ledger.language
    values = {place: _said(cases, at, key) for place, key in OF_COLUMNS.items()}
    values["matter"] = str(register["matter"][at]).strip() or values["matter"]
    names = petitioners(register["petitioner"][at])
    values["petitioner"] = _NAMELESS.say(language) if is_anonymous(values["petitioner"]) else in_a_row(names, language)
    values["contact"] = in_a_row(_split(values["contact"]), language)
    values["department"] = cases.confidence.may_act(at, str(register["department"][at]), "")[0]
    served = last_to_hand_over(str(register["letters_made"][at]))
    values["document"] = with_note(served.label, _day_of(served, language), language) if served else ""
    values |= {place: str(cases.ledger.policy.settings[name]).strip() for place, name in OF_SETTINGS.items()}
    return values


def _day_of(served: Made, language: str) -> str:
    """The day of a letter, as its cell has it or, if that is a day, as people say it."""
    try:
        return day_name(date.fromisoformat(served.day), language)
    except ValueError:
        return served.day


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _said(cases: Cases, at: int, key: str) -> str:
    column, value, language = REGISTER[key], _table_with(cases, key)[key][at], cases.ledger.language
    if column.type is Type.DATE:
        return "" if np.isnat(value) else day_name(value.item(), language)
    if column.type is Type.CHOICE and column.choices is not None:
        return column.choices.of(value).label(language) if value else ""
    return str(value).strip()


def _lacks_typed(cases: Cases, at: int, declared: LetterDeclared) -> Iterable[Lack]:
    """What is missing in the columns and settings, and what does not fit this kind of letter."""
    register, letter = cases.register, declared.kind
    decision = str(register["decision"][at])
    if declared.decisions and decision not in declared.decisions:
        wanted: list[object] = [Decision.of(one) for one in declared.decisions]
        yield "decision", _DECISION.of(letter=letter, decisions=wanted)
    elif decision == Decision.VOID.key:
        yield "decision", _UNDECIDED
    if declared.channels and register["channel"][at] not in declared.channels:
        choices = REGISTER["channel"].choices
        assert choices is not None
        yield "channel", _CHANNEL.of(letter=letter, channels=[choices.of(one) for one in declared.channels])
    for key in declared.needs:
        value = _table_with(cases, key)[key][at]
        if key == "letters_made":
            if last_to_hand_over(str(value)) is None:
                yield key, _NO_LETTER
        elif (np.isnat(value) if REGISTER[key].type is Type.DATE else value == "") and not (
            key == "summary" and register["matter"][at]
        ):
            yield key, MISSING.of(column=REGISTER[key], letter=letter)
    for name in OF_SETTINGS.values():
        if not str(cases.ledger.policy.settings[name]).strip():
            yield name, _SETTING.of(column=SETTING[name], letter=letter)


def _lack_of(place: str, declared: LetterDeclared) -> Lack | None:
    if (column := column_of(place)) is None:
        if place not in COUNTED or place in declared.demands:  # what it has to say is told where that is worked out
            return None
        return "letter", _NOT_KNOWN.of(place="{{ " + place + " }}", letter=declared.kind)
    sentence = _SETTING if place in OF_SETTINGS else MISSING
    return column.key, sentence.of(column=column, letter=declared.kind)


def _counted(cases: Cases, at: int, declared: LetterDeclared) -> tuple[dict[str, str], list[Lack]]:
    """What is worked out, and what cannot be."""
    language = cases.ledger.language
    values = {"day": day_name(cases.now.date(), language), "above": declared.above_said(language)}
    lacks: list[Lack] = []
    for part in (_due, _old_due, _remedy):
        more, lack = part(cases, at, declared, values)
        values.update(more)
        lacks += lack
    return values, lacks


_Part = tuple[Mapping[str, str], list[Lack]]


def _due(cases: Cases, at: int, declared: LetterDeclared, _: Mapping[str, str]) -> _Part:
    """The day by which there is an answer, and by which rule."""
    if not declared.due:
        return {}, []
    for step in map(Step.of, declared.due):
        clock = cases.clocks[step]
        if not np.isnat(clock.due[at]):
            due = day_name(clock.due[at].item(), cases.ledger.language)
            return {"due": due, "due_rule": _rule(cases, clock, at)}, []
    wanted: list[object] = [Step.of(key) for key in declared.due[:1]]
    return {}, [("due_on", _NO_DUE.of(steps=wanted, letter=declared.kind))]


def _rule(cases: Cases, clock: Clock, at: int, *, plain: bool = False) -> str:
    """By which rule a day is what it is: `20 school days from 2 March, when we received it`."""
    language = cases.ledger.language
    if not plain and clock.extended[at]:
        return _EXTENDED.say(language)
    if clock.capped_by_superior[at] or clock.rule[at] < 0 or np.isnat(clock.start[at]):
        return _BY_SUPERIOR.say(language)
    rule = cases.ledger.policy.deadlines[clock.rule[at]]
    start = Start.of(rule.starts_from)
    if start is Start.ACCEPTED and clock.start[at] != cases.register["decided_on"][at]:
        start = Start.RECEIVED
    begun = day_name(clock.start[at].item(), language)
    return _RULES[start].say(language, amount=amount_of(Unit.of(rule.unit), rule.amount), begun=begun)


def _old_due(cases: Cases, at: int, declared: LetterDeclared, _: Mapping[str, str]) -> _Part:
    """The day before an extension that counts, and its rule."""
    if "extended_to" not in declared.needs:
        return {}, []
    for step in (Step.REPLY, Step.LEGAL_LIMIT):
        clock = cases.clocks[step]
        if clock.extended[at] and not np.isnat(clock.plain_due[at]):
            old = day_name(clock.plain_due[at].item(), cases.ledger.language)
            return {"old_due": old, "old_rule": _rule(cases, clock, at, plain=True)}, []
    if np.isnat(cases.register["extended_to"][at]):
        return {}, []
    return {}, [("extended_to", _NO_EXTENSION.of(column=REGISTER["problems"]))]


def _remedy(cases: Cases, at: int, declared: LetterDeclared, known: Mapping[str, str]) -> _Part:
    """What can be done against the letter, until when if it is received today, and within which time."""
    given = _time_to_go_on(cases, at, declared)
    language = cases.ledger.language
    if given is None:
        step = declared.remedy
        if isinstance(step, str) and step and cases.register["kind"][at] == Kind.COMPLAINT.key:
            wanted: list[object] = [Step.of(step)]
            return {}, [("kind", _NO_REMEDY.of(steps=wanted, letter=declared.kind))]
        return {"remedy": filled(declared.remedy_said(language, given=False), known)}, []
    amount, unit, rolls = given
    until = cases.ledger.policy.calendar.due(np.array([today(cases.now)]), amount, unit.key, rolls)[0].item()
    values = {"remedy_time": amount_of(unit, amount).say(language), "remedy_until": day_name(until, language)}
    return {**values, "remedy": filled(declared.remedy_said(language, given=True), {**known, **values})}, []


def _time_to_go_on(cases: Cases, at: int, declared: LetterDeclared) -> tuple[int, Unit, bool] | None:
    """How long somebody has who is not satisfied: by the rule in force today, or by the law itself."""
    if isinstance(declared.remedy, int):
        return declared.remedy, Unit.DAY, True
    if not declared.remedy:
        return None
    policy, register = cases.ledger.policy, cases.register
    row = deadline_rows(register, policy, Step.of(declared.remedy), np.full(len(register), today(cases.now)))[at]
    if row < 0:
        return None
    rule = policy.deadlines[row]
    return rule.amount, Unit.of(rule.unit), rule.roll_forward
