"""Puts cases that vanished from a ledger back from an older copy, under their own numbers.

Nothing in the ledger is overwritten (docs/design.md#p4.22). The copy's notes, links and colours stay in the copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.register_lines import PARTS_APART, has_content
from automation.commands.language import spoken_of
from automation.ledger.certificates import Certificate, of_case
from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.history import run_mark, with_lines
from automation.ledger.history_chain import chained
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import identity, read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger, refuse_what_is_no_ledger
from automation.ledger.table import Table, positions_of
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Changed, ColumnEdit, Commit, Formula, Snapshot, TabEdit, Workbook
from automation.ledger.year_books import year_in_mark
from automation.run.edits import with_terms
from automation.run.erasing import stays_erased
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import TAB

ATTEMPTS = 5
_SAID: Mapping[str, Message] = {
    "none": msg("No case is missing."),
    "not_there": msg("Not in that copy: {numbers}."),
    "would": msg("Would be put back into {tab}: {numbers}."),
    "did": msg("Put back into {tab}: {numbers}."),
    "how": msg("Nothing was written. Say it again with --yes to do it."),
    "why": msg("put back from {name}"),
    "erased": msg(
        "Of {numbers} only what was not erased: a certificate says so in Erasures. Look at them, then run reseal."
    ),
}


@dataclass(frozen=True)
class Missing:
    """Vanished cases: their positions in the copy, by tab, and the numbers of those that it lacks, too."""

    register: tuple[int, ...]
    filing: tuple[int, ...]
    nowhere: tuple[str, ...]


def restored(workbook: Workbook, copy: Snapshot, name: str, now: datetime, *, really: bool) -> list[str]:
    """Put vanished cases back from `copy`, a file called `name`, and say in words what was done.

    If not `really`, only say what would be done. Raises LedgerError for a copy of another ledger, Busy.
    """
    kept = parse(_as_read(copy))
    refuse_what_is_no_ledger(_as_read(workbook.read()))
    with workbook.lock():
        for _ in range(ATTEMPTS):
            snapshot = _as_read(workbook.read())
            before, ledger = read_ledger(snapshot)
            _refuse_broken(ledger)
            _refuse_another(ledger, kept, name)
            missing = missing_cases(ledger, kept)
            said = _said(ledger, kept, missing, really=really)
            if not really or not (missing.register or missing.filing):
                return said
            when = local_time(now, before.policy.settings.zone)
            after = _with_history(before, _numbers(kept, missing), name, when)
            try:
                edits = _edits(before, snapshot, kept, missing, after)
                if workbook.commit(Commit(snapshot, with_terms(snapshot, edits))).owners:
                    continue
            except Changed:
                continue
            return said
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _as_read(snapshot: Snapshot) -> Snapshot:
    """A year book is restored as a ledger is, and cases may be put back from one."""
    return as_a_ledger(snapshot) if year_in_mark(snapshot.mark) is not None else snapshot


def missing_cases(ledger: Ledger, kept: Ledger) -> Missing:
    """Every number that was a case once, but has no row with content in any tab now."""
    seen = ledger.index["case_no"][~np.isnat(ledger.index["first_seen"])]
    here = {
        *ledger.register["case_no"][has_content(ledger.register)].tolist(),
        *ledger.filing["case_no"].tolist(),
    }
    gone = np.asarray([number for number in seen.tolist() if number not in here], dtype=object)
    filed = positions_of(gone, kept.filing["case_no"])
    live = positions_of(gone, np.where(has_content(kept.register), kept.register["case_no"], ""))
    return Missing(
        tuple(live[(live >= 0) & (filed < 0)].tolist()),
        tuple(filed[filed >= 0].tolist()),
        tuple(gone[(live < 0) & (filed < 0)].tolist()),
    )


def _refuse_broken(ledger: Ledger) -> None:
    if stops := ledger.stops:
        raise LedgerError(msg("Nothing can be put back yet. {problem}").of(problem=stops[0]), ledger.language)


def _refuse_another(ledger: Ledger, kept: Ledger, name: str) -> None:
    known = identity(kept)
    if not (known and identity(ledger) == known) and not _has_the_same_cases(ledger, kept):
        raise LedgerError(
            msg("{name} is no copy of this ledger: their first runs differ, and so do their cases.").of(name=name),
            ledger.language,
        )


def _has_the_same_cases(ledger: Ledger, kept: Ledger) -> bool:
    """Whether at least half of the cases that both have seen tell of the same person and matter.

    So it is in an older copy of a ledger whose Runs, and with them its first run, somebody has emptied since.
    """
    here, there = (_persons_and_matters(one.index) for one in (ledger, kept))
    both = [number for number in there if number in here]
    return bool(both) and 2 * sum(here[number] == there[number] for number in both) >= len(both)


def _persons_and_matters(index: Table) -> dict[str, list[str]]:
    prints = zip(index["case_no"].tolist(), index["fingerprint"].tolist(), strict=True)
    return {number: one.split(PARTS_APART)[:2] for number, one in prints if one}


def _said(ledger: Ledger, kept: Ledger, missing: Missing, *, really: bool) -> list[str]:
    texts = Sentences(_SAID, spoken_of(ledger.language))
    lines = []
    for tab, positions in (("register", missing.register), ("filing", missing.filing)):
        if positions:
            numbers = kept.tables[tab]["case_no"][list(positions)].tolist()
            key = "did" if really else "would"
            lines.append(texts.say(key, tab=TAB[tab].label(ledger.language), numbers=numbers))
    gone = of_case(ledger)
    if erased := [one for one in _numbers(kept, missing) if one in gone]:
        lines.append(texts.say("erased", numbers=erased))
    if missing.nowhere:
        lines.append(texts.say("not_there", numbers=[*missing.nowhere]))
    if not lines:
        return [texts["none"]]
    return lines if really or not (missing.register or missing.filing) else [*lines, texts["how"]]


def _edits(before: Ledger, snapshot: Snapshot, kept: Ledger, missing: Missing, after: Ledger) -> list[TabEdit]:
    """Edits that write the rows, with a line in History for each."""
    titles = titles_of(snapshot.grids, before.language)
    gone = of_case(before)
    edits = [
        TabEdit(titles[tab], tuple(_columns(before.tables[tab], kept.tables[tab], positions, gone)))
        for tab, positions in (("register", missing.register), ("filing", missing.filing))
        if positions
    ]
    return [*edits, *as_edits(differences(before, after), titles, before.language)]


def _numbers(kept: Ledger, missing: Missing) -> list[str]:
    return [
        *kept.register["case_no"][list(missing.register)].tolist(),
        *kept.filing["case_no"][list(missing.filing)].tolist(),
    ]


def _columns(
    table: Table, kept: Table, positions: Sequence[int], gone: Mapping[str, Sequence[Certificate]]
) -> list[ColumnEdit]:
    """The cells as read from the copy, for the empty line with the case's number or for a new line at the end; none that was erased."""
    numbers = kept["case_no"][list(positions)]
    own = positions_of(numbers, table["case_no"])
    free = iter(range(table.last_row + 1, table.last_row + 1 + len(numbers)))
    rows = [int(table.rows[at]) if at >= 0 else next(free) for at in own.tolist()]
    edits = []
    for key, at in table.at.items():
        cells = kept.read[key][list(positions)].tolist() if key in kept.read else []
        column = table.tab[key]
        wanted = [
            (row, cell)
            for row, cell, number in zip(rows, cells, numbers, strict=False)
            if cell != ""
            and not isinstance(cell, Formula)
            and not any(stays_erased(one, column) for one in gone.get(number, ()))
        ]
        if wanted:
            edits.append(ColumnEdit(at, [row for row, _ in wanted], [cell for _, cell in wanted]))
    return edits


def _with_history(ledger: Ledger, numbers: Sequence[str], name: str, now: datetime) -> Ledger:
    count = len(numbers)
    cells = {
        "case_no": numbers,
        "column": [TAB["register"]["case_no"].label(ledger.language)] * count,
        "after": numbers,
        "why": [Sentences(_SAID, ledger.language).say("why", name=name)] * count,
    }
    return chained(ledger, with_lines(ledger, run_mark(now), now, cells))
