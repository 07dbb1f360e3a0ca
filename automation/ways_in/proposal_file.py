"""A proposal as a small file that a person can correct, and read again.

It is TOML, and says what it says in the labels of the ledger's language; keys and labels of any language are read.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from automation.ledger.errors import LedgerError
from automation.text.catalogue import Message, msg
from automation.ways_in.headings import GUESSED, LIKELY, SURE
from automation.ways_in.proposal import (
    CLOSED,
    DAY_FIRST,
    MONTH_FIRST,
    NOTHING,
    OPEN,
    YEAR_FIRST,
    Evidence,
    Proposal,
    TabMeant,
)
from sheet_schema import FILING, LANGUAGES, REGISTER, Column, Language, word_form
from sheet_schema.old_registers import ARCHIVE, KEEP, LEAVE, MEANINGS, STATUS, words_for

_OWN_WORDS: Mapping[str, Message] = {
    KEEP: msg("keep as it is", "a column of an old register"),
    LEAVE: msg("leave out", "a column of an old register"),
    CLOSED: msg("closed", "a word of an old register"),
    OPEN: msg("open", "a word of an old register"),
}
_HEAD = msg("How {name} is read by `import`. Put right what is wrong, save it, and call `import` again.")
_MAY_BE = msg("A column may be: {labels}.")
_ORDER = msg("Which comes first in days such as 3/2/2026: day, month or year.")
_COLOURS = msg("Lines in these colours are closed.")
_YEAR = msg(
    "The year of days without one; in a school year the month in which it begins. read = false: the tab is left out."
)
_EVERY = msg("What holds of every case, such as Kind or Channel.")
_WORDS = msg(
    "What the words mean: a choice of the list, a topic, open or closed; nothing between the quotes: as it is."
)
_SURE: Mapping[str, Message] = {
    SURE: msg("sure", "of a proposal"),
    LIKELY: msg("likely", "of a proposal"),
    GUESSED: msg("not sure", "of a proposal"),
}
_WRONG = msg("{file}: {what}")
_MOST = 100_000


def label_of(meaning: str, language: Language) -> str:
    """What people call a meaning of a column."""
    if meaning in _OWN_WORDS:
        return _OWN_WORDS[meaning].say(language)
    return _column_of(meaning).label(language)


def _column_of(meaning: str) -> Column:
    return FILING[ARCHIVE] if meaning == ARCHIVE else REGISTER[meaning]


def as_file(proposal: Proposal, evidence: Mapping[str, Evidence], name: str, language: Language) -> str:
    """The proposal as a text to correct. `name` is the file of the old register."""
    return "\n".join(_lines(proposal, evidence, name, language)) + "\n"


def _lines(proposal: Proposal, evidence: Mapping[str, Evidence], name: str, language: Language) -> Iterator[str]:
    yield _note(_HEAD.say(language, name=name))
    labels = [label_of(key, language) for key in MEANINGS]
    yield _note(_MAY_BE.say(language, labels=labels))
    yield from ("", _note(_ORDER.say(language)), f"date_order = {_text(proposal.date_order)}")
    yield f"time_zone = {_text(proposal.time_zone)}"
    colours = ", ".join(map(_text, proposal.closed_colours))
    yield from (_note(_COLOURS.say(language)), f"closed_colours = [{colours}]", "", _note(_YEAR.say(language)))
    for title, tab in proposal.tabs.items():
        yield from (f"[tabs.{_text(title)}]", f"heading_row = {tab.heading_row}", f"year = {tab.year}")
        yield from (f"year_begins_in = {tab.begins}", "")
    yield from (_note(_EVERY.say(language)), "[every_case]")
    for key, value in proposal.every_case.items():
        yield f"{_text(label_of(key, language))} = {_text(_word(key, value, language))}"
    yield from ("", "[columns]")
    for heading, key in proposal.columns.items():
        if (why := evidence.get(heading)) is not None:
            yield _note(f"{_SURE[why.sure].say(language)}: {' | '.join(why.examples)}")
        yield f"{_text(heading)} = {_text(label_of(key, language))}"
    yield from ("", _note(_WORDS.say(language)))
    for heading, words in proposal.words.items():
        yield f"[words.{_text(heading)}]"
        for word, meant in words.items():
            yield f"{_text(word)} = {_text(_word(proposal.columns[heading], meant, language))}"
        yield ""


def _note(text: str) -> str:
    return f"# {' '.join(text.split())}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _word(key: str, meant: str, language: Language) -> str:
    """A word's meaning as people call it."""
    if meant in (CLOSED, OPEN) and key == STATUS:
        return _OWN_WORDS[meant].say(language)
    choices = REGISTER[key].choices if key in REGISTER.keys else None
    return choices.of(meant).label(language) if choices is not None and meant else meant


def corrected(proposal: Proposal, text: str, name: str) -> Proposal:
    """The proposal with what a person wrote in its file; what is new in the register stays as proposed.

    Raises LedgerError, which says what in the file cannot be.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(
            name,
            msg("it cannot be read ({reason}): put that line right, or delete the file for a new one.").of(
                reason=error
            ),
        ) from error
    reader = _Reader(name, said)
    columns = {
        **proposal.columns,
        **{heading: reader.meaning(text) for heading, text in reader.texts("columns").items()},
    }
    tabs = {**proposal.tabs, **reader.tabs(proposal.tabs)}
    words = {heading: {**proposal.words.get(heading, {}), **mine} for heading, mine in reader.words(columns).items()}
    kept = {
        heading: mine
        for heading, mine in proposal.words.items()
        if columns.get(heading) == proposal.columns.get(heading)
    }
    return replace(
        proposal,
        tabs={title: tab for title, tab in tabs.items() if title not in reader.left_out},
        columns=columns,
        words={**kept, **words},
        date_order=reader.order(proposal.date_order),
        time_zone=reader.zone(proposal.time_zone),
        closed_colours=tuple(str(one) for one in said.get("closed_colours", proposal.closed_colours)),
        every_case=reader.every_case() if "every_case" in said else proposal.every_case,
    )


def _wrong(name: str, what: Message) -> LedgerError:
    return LedgerError(_WRONG.of(file=name, what=what))


class _Reader:
    """What a person wrote in the file called `name`."""

    def __init__(self, name: str, said: Mapping[str, Any]) -> None:
        self._name, self._said = name, said

    def _table(self, key: str) -> Mapping[str, Any]:
        value = self._said.get(key, {})
        if not isinstance(value, dict):
            raise _wrong(self._name, msg("“{key}” has to be a part of its own: [{key}].").of(key=key))
        return value

    def texts(self, key: str) -> dict[str, str]:
        """The texts of a part of the file, by what they are for."""
        return {one: self._text(key, one, text) for one, text in self._table(key).items()}

    def _text(self, part: str, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise _wrong(self._name, msg("[{part}] “{key}”: write the value between quotes.").of(part=part, key=key))
        return value.strip()

    def meaning(self, text: str) -> str:
        if text == "":
            return LEAVE
        if (key := _meanings().get(word_form(text))) is None:
            raise _wrong(
                self._name,
                msg("[columns] “{text}” is none of our columns: the first lines of the file list them.").of(text=text),
            )
        return key

    def words(self, columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
        found = {}
        for heading, said in self._table("words").items():
            if heading in columns and isinstance(said, dict):
                key = columns[heading]
                found[heading] = {
                    word: self._meant(key, self._text(f"words.{heading}", word, text)) for word, text in said.items()
                }
        return found

    def _meant(self, key: str, text: str) -> str:
        if not text:
            return NOTHING
        if key == STATUS:
            known = {word_form(said): one for one in (CLOSED, OPEN) for said in (one, *_in_all(_OWN_WORDS[one]))}
        else:
            choices = REGISTER[key].choices if key in REGISTER.keys else None
            if choices is None:
                return text
            known = dict(words_for(key))
        if (meant := known.get(word_form(text))) is None:
            raise _wrong(
                self._name,
                msg("“{text}” is no choice for {column}: take one of the list in that column.").of(
                    text=text, column=_column_of(key)
                ),
            )
        return meant

    @property
    def left_out(self) -> frozenset[str]:
        tabs = self._table("tabs").items()
        return frozenset(title for title, tab in tabs if isinstance(tab, dict) and tab.get("read") is False)

    def tabs(self, proposed: Mapping[str, TabMeant]) -> dict[str, TabMeant]:
        found = {}
        for title, said in self._table("tabs").items():
            usual = proposed.get(title, TabMeant(1))
            said = said if isinstance(said, dict) else {}
            numbers = [
                said.get(key, default)
                for key, default in (
                    ("heading_row", usual.heading_row),
                    ("year", usual.year),
                    ("year_begins_in", usual.begins),
                )
            ]
            whole = [one for one in numbers if isinstance(one, int) and 0 <= one < _MOST]
            if len(whole) < len(numbers):
                raise _wrong(self._name, msg("[tabs] “{tab}”: row, year and month are numbers.").of(tab=title))
            found[title] = TabMeant(max(1, whole[0]), whole[1], whole[2])
        return found

    def order(self, usual: str) -> str:
        order = self._text("", "date_order", self._said.get("date_order", usual))
        if order not in ("", DAY_FIRST, MONTH_FIRST, YEAR_FIRST):
            raise _wrong(self._name, msg("date_order is day, month or year."))
        return order

    def zone(self, usual: str) -> str:
        name = self._text("", "time_zone", self._said.get("time_zone", usual))
        try:
            return ZoneInfo(name).key if name else ""
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise _wrong(self._name, msg("there is no time zone “{zone}”.").of(zone=name)) from error

    def every_case(self) -> dict[str, str]:
        found = {}
        for text, value in self.texts("every_case").items():
            key = self.meaning(text)
            if key not in REGISTER.staff_keys or REGISTER[key].choices is None:
                raise _wrong(
                    self._name,
                    msg("[every_case] “{text}”: only a column with a list can be the same for all.").of(text=text),
                )
            if meant := self._meant(key, value):
                found[key] = meant
        return found


def _in_all(message: Message) -> list[str]:
    return [message.say(language) for language in LANGUAGES]


def _meanings() -> dict[str, str]:
    """Every meaning by all that it is called, in the form in which words are compared."""
    found = {}
    for key in reversed(MEANINGS):
        called = _in_all(_OWN_WORDS[key]) if key in _OWN_WORDS else _column_of(key).labels()
        found.update({word_form(text): key for text in (key, *called)})
    return found
