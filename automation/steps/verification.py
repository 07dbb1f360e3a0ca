"""verify: check that no filed case is missing or doubled, and that every filed row is as it was sealed.

A vanished case is a torn-out page (查无此件即缺页), and concealing or destroying letters is forbidden (信访工作条例 art. 46;
浙江省信访条例 art. 26(6)), so each is reported by name. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from automation.cases.altered_owed import altered
from automation.cases.register_lines import has_content
from automation.cases.seals import seals_now
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Array, copied, is_among
from automation.ledger.year_books import closed_numbers, closed_seals
from automation.steps.erasure_check import erasures_in_doubt
from automation.steps.filing import all_seals, last_seal
from automation.steps.history_check import last_lines_of_history


def verify(ledger: Ledger) -> list[Problem]:
    """Everything that does not agree in Filing, Index, Runs and History; `validate` checks the Register's own rows."""
    found = [*_numbers(ledger), *_seals(ledger), *_vanished(ledger), *_history(ledger)]
    return [*found, *last_lines_of_history(ledger), *erasures_in_doubt(ledger)]


def _numbers(ledger: Ledger) -> Iterator[Problem]:
    """Case numbers and archive numbers that occur twice in Filing, and cases there that stand in a year book as well."""
    filing, closed = ledger.filing, closed_numbers(ledger)
    for i, number in enumerate(filing["case_no"].tolist() if closed else ()):
        if number in closed:
            yield _at_row(ledger, i, "case_no", "filed_and_closed", value=number)
    for column, code in (("case_no", "filed_twice"), ("archive_no", "archive_no_twice")):
        for i in np.flatnonzero(copied(filing[column])).tolist():
            yield _at_row(ledger, i, column, code, value=filing[column][i])


def _seals(ledger: Ledger) -> Iterator[Problem]:
    """Rows without a seal, with a copied one, or changed since they were sealed; and a digest that has changed."""
    filing = ledger.filing
    real = np.flatnonzero(filing["case_no"] != "")
    bare = np.isnan(filing["seal_no"]) | (filing["seal"] == "")
    for i in real[bare[real]].tolist():
        yield _at_row(ledger, i, "seal", "unsealed", value=filing["case_no"][i])
    sealed = real[~bare[real]]
    for i in sealed[_twice(filing["seal_no"][sealed])].tolist():
        yield _at_row(ledger, i, "seal_no", "seal_twice", value=f"{filing['seal_no'][i]:.0f}")
    seals = np.asarray(seals_now(filing, sealed.tolist()), dtype=object)
    broken = sealed[seals != filing["seal"][sealed]] if len(sealed) else sealed
    for i, what in altered(ledger, broken.tolist()).items():
        if what.owed:
            yield _at_row(ledger, i, "owed", "owed_altered", value=filing["case_no"][i])
        if what.more:
            yield _at_row(ledger, i, "seal", "seal_broken", value=filing["case_no"][i])
    kept = _last_digest(ledger)
    if kept and kept != all_seals(filing):
        yield _of_tab("seal", "seals_differ", value=kept)


def _vanished(ledger: Ledger) -> Iterator[Problem]:
    """Cases that Index has as filed but that are in neither tab; and seal numbers whose rows are gone."""
    index, filing = ledger.index, ledger.filing
    filed = ~np.isnat(index["filed_on"])
    there = is_among(index["case_no"], filing["case_no"]) | is_among(index["case_no"], ledger.register["case_no"])
    gone = index["case_no"][filed & ~there].tolist()
    if gone:
        yield _of_tab("case_no", "filed_gone", count=len(gone), value=gone[:20])
    yield from _back_in_register(ledger, index["case_no"][filed & ~is_among(index["case_no"], filing["case_no"])])
    given = filing["seal_no"][~np.isnan(filing["seal_no"])].astype(int).tolist()
    known, last = closed_seals(ledger).union(given), last_seal(ledger)
    lost = last - sum(1 <= number <= last for number in known)
    if lost and not gone:
        first = islice((number for number in range(1, last + 1) if number not in known), 20)
        yield _of_tab("seal_no", "seals_gone", count=lost, value=[*first])


def _back_in_register(ledger: Ledger, numbers: Array) -> Iterator[Problem]:
    """Filed cases that are back in the Register. "A filed case never moves back" (docs/design.md#p4.21)."""
    register = ledger.register
    again = is_among(register["case_no"], numbers) & has_content(register)
    for i in np.flatnonzero(again).tolist():
        number = register["case_no"][i]
        yield Problem(
            tab="register",
            row=int(register.rows[i]),
            column="case_no",
            code="filed_back",
            said=messages.problem("filed_back", value=number),
            case_no=number,
        )


def _history(ledger: Ledger) -> Iterator[Problem]:
    """Lines of History about numbers that were never issued, so that somebody must have typed there."""
    history = ledger.tables["history"]
    strange = (history["case_no"] != "") & ~is_among(history["case_no"], ledger.index["case_no"])
    closed = closed_numbers(ledger)
    for number in (one for one in dict.fromkeys(history["case_no"][strange].tolist()) if one not in closed):
        yield Problem(
            tab="history",
            row=None,
            column="case_no",
            code="history_strange",
            said=messages.problem("history_strange", value=number),
            case_no=number,
        )


def _last_digest(ledger: Ledger) -> str:
    """The digest of all seals after the last run that sealed anything; `""` if none did."""
    kept = [text for text in ledger.tables["runs"]["seals"].tolist() if text]
    return kept[-1] if kept else ""


def _twice(numbers: Array) -> Array:
    _, first, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    twice: Array = counts[first] > 1
    return twice


def _at_row(ledger: Ledger, at: int, column: str, code: str, **details: object) -> Problem:
    filing = ledger.filing
    return Problem(
        tab="filing",
        row=int(filing.rows[at]),
        column=column,
        code=code,
        said=messages.problem(code, **details),
        case_no=filing["case_no"][at],
    )


def _of_tab(column: str, code: str, **details: object) -> Problem:
    return Problem("filing", None, column, code, messages.problem(code, **details))
