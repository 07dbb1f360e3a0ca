"""What an import comes to, in words for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from automation.ledger.foreign_sheet import ForeignFile
from automation.ledger.office_time import today
from automation.run.importing import Imported
from automation.text.catalogue import MORE_CASES, Message, Row, Sentences, counted, first_of, msg
from automation.ways_in.headings import GUESSED
from automation.ways_in.old_case import TOO_LONG, TWO_IN_ONE, UNKNOWN_WORD, OldCase, Unreadable
from automation.ways_in.proposal import Evidence, Proposal
from automation.ways_in.proposal_file import label_of
from automation.workbooks.foreign.opening import shown_path
from sheet_schema import REGISTER, Column, Language, Required, word_form
from sheet_schema.old_registers import FORMER_NO, KEEP, LEAVE
from sheet_schema.vocabulary import DayKind, Flag, Light, Status

_NAMED, _PLACES = 5, 12
_TEXTS: Mapping[str, Message] = {
    "read": counted(
        "{name}: 1 case, {closed} closed, {open} open.", "{name}: {n} cases, {closed} closed, {open} open."
    ),
    "tabs": msg("Tabs with cases: {tabs}."),
    "as_text": msg("Read as {encoding}, with “{separator}” between the columns."),
    "columns": msg("What each column means:"),
    "column": msg("{heading}: {meaning}"),
    "every": msg("(every case) {column}: {value}"),
    "unsure": msg("{heading}: {meaning} (not sure)"),
    "proposal": msg("This stands in {path}: put right what is wrong there, and call import again."),
    "new_proposal": msg("This was written to {path}: put right what is wrong there, and call import again."),
    "unreadable": counted(
        "1 cell cannot be read and stays as it is; its row will say so.",
        "{n} cells cannot be read and stay as they are; their rows will say so.",
    ),
    "of_kind": msg("{kind} ({n}): {places}"),
    "no_column": msg("No column is {column}: write it for all under [every_case], or it is blank."),
    "topics": counted(
        "1 word for a topic is not in Topics ({words}): say under [words] which topic it means, or add it there; else its rows will ask.",
        "{n} words for topics are not in Topics ({words}): say under [words] which topics they mean, or add them there; else their rows will ask.",
    ),
    "order": msg('Days such as {value} could be two: write date_order = "day" or "month".'),
    "would": counted(
        "1 case would be taken over: call import without --dry-run.",
        "{n} cases would be taken over: call import without --dry-run.",
    ),
    "did": counted("1 case was taken over: {numbers}.", "{n} cases were taken over: {numbers}."),
    "known": counted("1 case is here already and was left out.", "{n} cases are here already and were left out."),
    "nothing": msg("Nothing is new: the ledger is as it was."),
    "late": counted(
        "1 open case is late already: it will stand in the digests, and nobody is written to because of it.",
        "{n} open cases are late already: they will stand in the digests, and nobody is written to because of them.",
    ),
    "repeats": counted("1 case may repeat another: see Flags.", "{n} cases may repeat others: see Flags."),
    "years": msg(
        "The Calendar has no days off in {years}: due dates of these years count every weekday until they are entered there."
    ),
    "undone": msg(
        "Somebody typed into the lines of {numbers} at that moment: call import again, which adds only what is missing."
    ),
    "back": msg("`import --take-back` takes it back whole, as long as nobody has worked on these rows."),
}
_KINDS: Mapping[str, Message] = {
    TWO_IN_ONE: msg("Two things at once"),
    UNKNOWN_WORD: msg("A word that means nothing here"),
    TOO_LONG: msg("Too long for a cell"),
}
_NO_DAY = msg("Not a day")
_NO_NUMBER = msg("Not a number or tick")
_IN_A_TAB = msg("{tab} {place}", "where a cell is")
_WORD = msg("“{word}”")
_HOLDING = msg("{place} “{value}”", "a cell and what it holds")


class Told(NamedTuple):
    """What was read, how, and what came or would come of it. `undone` are the numbers of cases that were left out at the last
    moment."""

    file: ForeignFile
    proposal: Proposal
    cases: Sequence[OldCase]
    imported: Imported
    written: bool
    undone: frozenset[str] = frozenset()
    proposal_file: Path = Path()
    proposal_is_new: bool = False
    evidence: Mapping[str, Evidence] = {}

    @property
    def unreadable(self) -> list[Unreadable]:
        return [one for case in self.cases for one in case.unreadable]


def in_words(told: Told, language: Language) -> Iterator[str]:
    """The whole story in lines."""
    texts = Sentences(_TEXTS, language)
    closed = sum(case.closed for case in told.cases)
    count = len(told.cases)
    yield texts.say("read", n=count, name=told.file.name, closed=closed, open=count - closed)
    titles = [title for title in told.proposal.tabs if title]
    if titles:
        yield texts.say("tabs", tabs=titles)
    if told.file.encoding:
        separator = {"\t": "Tab"}.get(told.file.separator, told.file.separator)
        yield texts.say("as_text", encoding=told.file.encoding, separator=separator)
    yield texts["columns"]
    for heading, meaning in told.proposal.columns.items():
        unsure = heading in told.evidence and told.evidence[heading].sure == GUESSED and meaning != KEEP
        key = "unsure" if unsure else "column"
        yield "  " + texts.say(key, heading=heading, meaning=label_of(meaning, language))
    for key, value in told.proposal.every_case.items():
        choices = REGISTER[key].choices
        yield "  " + texts.say("every", column=REGISTER[key], value=choices.of(value) if choices else value)
    yield texts.say("new_proposal" if told.proposal_is_new else "proposal", path=shown_path(told.proposal_file))
    yield from _unreadable(told, texts, language)
    for column in _without_a_column(told):
        yield texts.say("no_column", column=column)
    if topics := unknown_topics(told):
        shown = [_WORD.of(word=word) for word, quotable in topics.items() if quotable][:_NAMED]
        words = Row([*shown, *(["…"] if len(topics) > len(shown) else [])])
        yield texts.say("topics", n=len(topics), words=words)
    yield from _outcome(told, texts)


def _unreadable(told: Told, texts: Sentences, language: Language) -> Iterator[str]:
    """The cells that nobody can read, by kind. Of a restricted case only where they are."""
    if not told.unreadable:
        return
    yield texts.say("unreadable", n=len(told.unreadable))
    if unclear := [one.holds for one in told.unreadable if one.why == "ambiguous_date"]:
        yield texts.say("order", value=unclear[0])
    secret = _restricted(told)
    kinds: dict[str, list[Unreadable]] = {}
    for one in told.unreadable:
        kinds.setdefault(kind_of(one).say(language), []).append(one)
    for kind, cells in kinds.items():
        places = [_place(one, (one.tab, one.row) in secret) for one in cells]
        named = Row(places[:_PLACES] + (["…"] if len(places) > _PLACES else []))
        yield "  " + texts.say("of_kind", kind=kind, n=len(cells), places=named)


def kind_of(one: Unreadable) -> Message:
    """Why a cell cannot be read, as people call it."""
    if one.why in _KINDS:
        return _KINDS[one.why]
    return _NO_NUMBER if one.meant in ("people", "important", "leapfrog") else _NO_DAY


def _place(one: Unreadable, secret: bool) -> Message | str:
    place = _IN_A_TAB.of(tab=one.tab, place=one.place) if one.tab else one.place
    return place if secret else _HOLDING.of(place=place, value=one.holds[:30])


def _restricted(told: Told) -> set[tuple[str, int]]:
    """The rows of the old register whose cases are restricted, or may be."""
    quotable = told.imported.cases.confidence.quotable
    pairs = zip(told.imported.new, told.imported.positions, strict=True)
    return {(case.tab, case.row) for case, at in pairs if not quotable[at]}


def _without_a_column(told: Told) -> list[Column]:
    """The columns that every case needs and the old register does not have."""
    there = {*told.proposal.columns.values(), *told.proposal.every_case}
    return [column for column in REGISTER if column.required is Required.ALWAYS and column.key not in there]


def unknown_topics(told: Told) -> dict[str, bool]:
    """The words for topics that the ledger does not have, in the new cases that are open, and whether each may be quoted."""
    cases = told.imported.cases
    register, quotable = cases.register, cases.confidence.quotable
    topics = {word_form(one.name) for one in cases.ledger.policy.topics}
    words: dict[str, bool] = {}
    for at in told.imported.positions:
        word = register["topic"][at]
        if word and register["status"][at] != Status.CLOSED.key and word_form(word) not in topics:
            words[word] = words.get(word, False) or bool(quotable[at])
    return words


def _outcome(told: Told, texts: Sentences) -> Iterator[str]:
    imported = told.imported
    if imported.known:
        yield texts.say("known", n=imported.known)
    if not imported.new:
        yield texts["nothing"]
        return
    numbers = [number for number in imported.numbers if number not in told.undone]
    if told.written:
        first, last = numbers[0] if numbers else "", numbers[-1] if numbers else ""
        yield texts.say("did", n=len(numbers), numbers=first if first == last else f"{first} – {last}")
    else:
        yield texts.say("would", n=len(imported.new))
    if late := late_cases(told):
        yield texts.say("late", n=len(late))
    if repeats := possible_repeats(told):
        yield texts.say("repeats", n=repeats)
    if years := missing_years(told):
        yield texts.say("years", years=[str(year) for year in years])
    if told.undone:
        yield texts.say("undone", numbers=first_of(sorted(told.undone), _NAMED, MORE_CASES))
    if told.written:
        yield texts["back"]


def late_cases(told: Told) -> list[str]:
    """The numbers of the new cases that are late already."""
    register = told.imported.cases.register
    return [register["case_no"][at] for at in told.imported.positions if register["light"][at] == Light.LATE.key]


def possible_repeats(told: Told) -> int:
    """How many of the new cases seem to repeat another, or name the one they repeat."""
    flags = told.imported.cases.register["flags"]
    language = told.imported.result.after.language
    begun = Flag.PERHAPS_REPEAT.label(language).split("{}")[0].strip()
    return sum(begun in flags[at] for at in told.imported.positions)


def missing_years(told: Told) -> list[int]:
    """The years of the new open cases of which the Calendar has no day off."""
    cases = told.imported.cases
    register, day = cases.register, today(cases.now)
    open_yet = [at for at in told.imported.positions if register["status"][at] != Status.CLOSED.key]
    days = register["received_on"][open_yet]
    years = {int(str(one)[:4]) for one in (*days, day) if not np.isnat(one)}
    known = {one.start.year for one in cases.ledger.policy.calendar.entries if one.kind != DayKind.CLOSED}
    return sorted(years - known)


def as_json(told: Told) -> dict[str, object]:
    """The whole story by keys."""
    imported, proposal = told.imported, told.proposal
    meanings = {heading: _key(meaning) for heading, meaning in proposal.columns.items()}
    numbers = dict(zip(((case.tab, case.row) for case in imported.new), imported.numbers, strict=True))
    return {
        "file": told.file.name,
        "encoding": told.file.encoding or None,
        "separator": told.file.separator or None,
        "written": told.written,
        "run": imported.result.run if told.written else None,
        "cases": len(told.cases),
        "closed": sum(case.closed for case in told.cases),
        "open": sum(not case.closed for case in told.cases),
        "open_numbers": [case.number for case in told.cases if not case.closed],
        "new": len(imported.new),
        "known": imported.known,
        "tabs": {
            title: {"heading_row": tab.heading_row, "year": tab.year or None} for title, tab in proposal.tabs.items()
        },
        "columns": meanings,
        "old_number_column": next(iter(proposal.headings_for(FORMER_NO)), None),
        "words": {heading: dict(words) for heading, words in proposal.words.items()},
        "date_order": proposal.date_order or None,
        "time_zone": proposal.time_zone or None,
        "closed_colours": list(proposal.closed_colours),
        "every_case": dict(proposal.every_case),
        "unreadable": [_unreadable_as_json(one, told) for one in told.unreadable],
        "late": late_cases(told),
        "repeats": possible_repeats(told),
        "calendar_years_missing": missing_years(told),
        "undone": sorted(told.undone),
        "numbers": [
            {"tab": tab, "row": row, "old": case.number, "case": numbers[tab, row]}
            for case in imported.new
            for tab, row in [(case.tab, case.row)]
        ],
        "proposal": str(told.proposal_file),
    }


def _key(meaning: str) -> str | None:
    return None if meaning in (KEEP, LEAVE) else meaning


def _unreadable_as_json(one: Unreadable, told: Told) -> dict[str, object]:
    secret = (one.tab, one.row) in _restricted(told)
    return {
        "tab": one.tab or None,
        "row": one.row,
        "cell": one.place,
        "heading": one.heading,
        "column": one.meant,
        "why": one.why,
        "number": one.number,
        "holds": None if secret else one.holds,
    }
