"""Which lines of Notices and History a run need not read: those that say nothing any more.

"A run does not read what is over: the lines of *Notices* about filed cases whose mails are settled, and those of *History* about
numbers that were issued" (docs/design.md#p8.14).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from automation.ledger.by_column import cells_of_column
from automation.ledger.case_numbers import tidy_number
from automation.ledger.notices_journal import ROW
from automation.ledger.sift import Beside, Over, TextsOf
from automation.ledger.titles_and_headers import columns_of, language_of, titles_found
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell, Grid
from sheet_schema import FILING, HISTORY, INDEX, NOTICES, REGISTER, RUNS, TAB, Language, Tab, word_form
from sheet_schema.vocabulary import NoticeState

_FINAL = frozenset(
    state.key for state in (NoticeState.SENT, NoticeState.WRITTEN, NoticeState.SUPERSEDED, NoticeState.VOID)
)
_SIFTED = (NOTICES, HISTORY)


class SettledLines:
    """Says of the rows of both tabs which are over."""

    def tabs(self, titles: Collection[str]) -> Collection[str]:
        found = titles_found(titles, language_of(titles))
        return [found[tab.key] for tab in _SIFTED if tab.key in found]

    def over(self, title: str, headers: Sequence[Cell], texts: TextsOf, beside: Beside) -> Over | None:
        language = language_of(beside.titles)
        key = next(key for key, one in titles_found(beside.titles, language).items() if one == title)
        at, known = columns_of(TAB[key], headers, language), _Known.of(beside, language)
        if known is None:
            return None
        if TAB[key] is HISTORY:
            over = _told(at, texts, known) if {"case_no", "run", "chain"} <= at.keys() else None
        else:
            over = _settled(at, texts, known) if {"case_no", "state", *ROW} <= at.keys() else None
        if over is None:
            return None
        numbers = {number or "" for number, one in zip(texts(at["case_no"]), over, strict=True) if one}
        return Over(over, {"tab": key, "numbers": sorted(numbers), "beside": known.of_numbers(key, numbers)})

    def stands(self, ground: Mapping[str, Any], beside: Beside) -> bool:
        known, key, numbers = _Known.of(beside, language_of(beside.titles)), str(ground["tab"]), {*ground["numbers"]}
        if known is None or not numbers <= (known.issued if TAB[key] is HISTORY else known.filed):
            return False
        return known.of_numbers(key, numbers) == str(ground["beside"])


SETTLED_LINES = SettledLines()


def _told(at: Mapping[str, int], texts: TextsOf, known: _Known) -> list[bool]:
    """Whether each row is about a number that was issued. All rows of the last run stay, since the next is bound to them."""
    numbers, runs, chains = (texts(at[key]) for key in ("case_no", "run", "chain"))
    last = next((run for run, chain in zip(reversed(runs), reversed(chains), strict=True) if chain != ""), None)
    bound = {last, known.last_run, None}
    return [number in known.issued and run not in bound for number, run in zip(numbers, runs, strict=True)]


def _settled(at: Mapping[str, int], texts: TextsOf, known: _Known) -> list[bool]:
    """Whether each row is about a filed case, with a mail of which nothing is to come.

    All rows of an address that ever refused a mail stay, since the last of them tells whether it still does; and so does
    what the journal speaks of, which would count as new.
    """
    numbers, states = texts(at["case_no"]), texts(at["state"])
    meaning = {text: _meaning(text) for text in set(states[1:])}
    done = [
        number in known.filed and meaning.get(state) in _FINAL for number, state in zip(numbers, states, strict=True)
    ]
    doubtful = {text for text, meant in meaning.items() if meant in (None, NoticeState.FAILED.key)}
    if doubtful:
        to = [None if one is None else one.casefold() for one in texts(at["to"])]
        refused = {one for one, state in zip(to, states, strict=True) if state in doubtful}
        done = [one_done and one not in refused and None not in refused for one_done, one in zip(done, to, strict=True)]
    if any(one_done and number in known.in_journal for one_done, number in zip(done, numbers, strict=True)):
        names = zip(*(texts(at[key]) for key in ROW), strict=True)
        done = [one_done and name not in known.journal for one_done, name in zip(done, names, strict=True)]
    return done


def _meaning(text: str | None) -> str | None:
    """The key of a state; None if it cannot be read."""
    return None if text is None else NOTICES["state"].keys_by_word.get(word_form(text))


class _Known(NamedTuple):
    """The numbers of filed cases that are in no other tab but Index, of all cases in Index; the journal's mails, also by
    their cases; and the last run that wrote to History, as Runs has it."""

    filed: frozenset[str | None]
    issued: frozenset[str | None]
    journal: frozenset[tuple[object, ...]]
    in_journal: Mapping[object, list[tuple[object, ...]]]
    last_run: str

    def of_numbers(self, key: str, numbers: Collection[str]) -> str:
        """One word for what else it depends on whether rows about these numbers are over."""
        if TAB[key] is HISTORY:
            return self.last_run
        names = sorted({repr(name) for number in numbers for name in self.in_journal.get(number, ())})
        if not names:
            return ""
        return sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def of(cls, beside: Beside, language: Language) -> _Known | None:
        """None if one of the tabs is not as a run wants it, so that everything is to be read."""
        filing, index, register = (_numbers(tab, beside.grids, language) for tab in (FILING, INDEX, REGISTER))
        if not (filing and index and register):
            return None
        live = frozenset(map(tidy_number, register))
        filed = frozenset(number for number in filing & index if tidy_number(number) not in live)
        in_journal: dict[object, list[tuple[object, ...]]] = {}
        for line in beside.journal:
            in_journal.setdefault(line.get("case_no"), []).append(tuple(line.get(key) or "" for key in ROW))
        names = frozenset(chain.from_iterable(in_journal.values()))
        return cls(filed, index | {""}, names, in_journal, _last_run(beside.grids, language))


def _last_run(grids: Mapping[str, Grid], language: Language) -> str:
    """The last run of which Runs keeps the digest of its lines of History; `""` if there is none."""
    title = titles_found(grids, language).get(RUNS.key)
    rows = grids[title].rows if title is not None else ()
    at = columns_of(RUNS, rows[0] if rows else (), language)
    if not {"run", "history"} <= at.keys():
        return ""
    runs, digests = (reversed(cells_of_column(rows, at[key])) for key in ("run", "history"))
    told = ((as_text(run).strip(), as_text(digest).strip()) for run, digest in zip(runs, digests, strict=True))
    return next((run for run, digest in told if digest), "")


def _numbers(tab: Tab, grids: Mapping[str, Grid], language: Language) -> frozenset[str]:
    """The case numbers in a tab; none if it has no such tab or column."""
    title = titles_found(grids, language).get(tab.key)
    rows = grids[title].rows if title is not None else ()
    at = columns_of(tab, rows[0] if rows else (), language).get("case_no", 0)
    texts = (as_text(cell).strip() for cell in cells_of_column(rows, at)) if at else ()
    return frozenset(text for text in texts if text)
