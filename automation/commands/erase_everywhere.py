"""Goes through every place in which something of a case may stand, in the order in which it is safe to end at any moment
(docs/design.md#p23.6): files, year books, ledger, backups.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from automation.commands.erase_files import Where, erase_in_files
from automation.commands.erase_said import PLACES, TEXTS, Done, advice, counts
from automation.commands.erasure_state import begin, pending
from automation.commands.files_beside import folder_of_backups
from automation.ledger.names.passages import Sought
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.table import Table
from automation.ledger.workbook import Changed, Commit, Snapshot
from automation.ledger.year_books import year_in_mark
from automation.run.edits import with_one_owner
from automation.run.erasing import Erasing, erased, sought_of
from automation.run.erasure import (
    Looked,
    erase_books,
    erase_ledger,
    look,
)
from automation.text.catalogue import Sentences
from automation.workbooks.address import key_of
from automation.workbooks.excel.as_it_lies import version_of
from automation.workbooks.excel.copies_rewritten import Rewritten, rewrite_copies
from automation.workbooks.excel.scouring import erase_in_file, scoured
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.ledger_mark import mark_of
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.file_rights import Rights
from automation.workbooks.laid_out import LaidOut, Scour

_TEXTS_OF_A_CASE = ("summary", "result", "reason", "leader_note", "former_rest")
_LONG_ENOUGH = 8
"""Characters of a text of the case by which it is looked for elsewhere; a shorter one may stand anywhere."""


def sought_in_row(table: Table, at: int, *, whole: bool) -> Sought:
    """By what the petitioner of this row is known elsewhere, and of a whole case its longer texts."""
    sought = sought_of(table, at)
    texts = [str(table.read[key][at]) for key in _TEXTS_OF_A_CASE if key in table.read] if whole else []
    marked = [one for one in texts if len(one) >= _LONG_ENOUGH]
    return replace(sought, names=(*sought.names, *marked))


def everywhere(
    workbook: LaidOut, address: str, erasing: Erasing, now: datetime, *, again: bool
) -> tuple[Done, list[str]]:
    """Erase in files, books, ledger and backups, in this order, and keep of each how much it was, also of a process that died."""
    looked = look(workbook, lambda _: erasing.number)
    texts = Sentences(TEXTS, looked.ledger.language)
    rights = workbook.own_file.rights_beside() if workbook.own_file else None
    files = erase_in_files(Where(address, looked.ledger, rights), erasing)
    language, before = looked.ledger.language, pending(address)
    assert before is not None  # what is to be erased is kept before anything is
    so_far = dict(before.places)
    for place, count in files.counts.items():
        so_far[PLACES[place].say(language)] = so_far.get(PLACES[place].say(language), 0) + count
    begin(address, replace(before, places=so_far), rights)
    plans = dict(erase_books(workbook, looked, erasing, _erase_in))
    looked = look(workbook, lambda _: erasing.number)
    plans[""] = erase_ledger(workbook, looked, erasing, _erase_in, now)
    copies = _in_backups(address, looked, erasing, rights, again=again)
    for where, count in counts(plans, texts):
        so_far[where] = max(so_far.get(where, 0), count)
    if copies.count:
        so_far[folder_of_backups(address).name] = copies.count
    places = [(where, str(count)) for where, count in so_far.items()]
    left = [place for one in plans.values() for place in one.left]
    elsewhere = [*left[:50], *(str(path) for path in files.left)]
    said = [texts.say("left", places=elsewhere)] if elsewhere else []
    said += [texts.say("failed", paths=[str(path) for path in copies.failed])] if copies.failed else []
    return Done(places, said, copies.failed), [*advice(workbook, texts)]


def _erase_in(target: LaidOut, commit: Commit, scour: Scour) -> None:
    """Make a commit that erases; of a file with all that is left beside its cells."""
    if target.own_file is not None:
        erase_in_file(target.own_file, commit, scour)
    elif commit.edits and target.commit(commit).owners:
        raise Changed


def _in_backups(address: str, looked: Looked, erasing: Erasing, rights: Rights | None, *, again: bool) -> Rewritten:
    """Erase in every copy beside the ledger and beside its books."""
    folders = [folder_of_backups(address)]
    if key_of(address) is None:
        folders += [folder_of_backups(str(Path(address).resolve().with_name(name))) for name in looked.books]
    whole = Rewritten()
    for folder in dict.fromkeys(folders):
        found = rewrite_copies(folder, lambda name, data: _copy_left(name, data, erasing), rights, again=again)
        whole.count += found.count
        whole.failed += found.failed
    return whole


def _copy_left(name: str, data: bytes, erasing: Erasing) -> bytes:
    """A copy of the ledger, or of a year book, without what is erased. Raises LedgerError."""
    package = Package(data, name)
    read = Snapshot(grids_of(data, package), version_of(data), mark=mark_of(package))
    there = as_a_ledger(read) if year_in_mark(read.mark) is not None else read
    ledger = parse(there)
    known = erasing.sought
    for table in (ledger.register, ledger.filing):
        for at, number in enumerate(table["case_no"].tolist()):
            if number == erasing.number and not erasing.one_of_several:
                own = sought_in_row(table, at, whole=erasing.whole)
                names = (one for one in own.names if one not in (erasing.marker, erasing.nobody))
                known = Sought((*known.names, *names), (*known.contacts, *own.contacts))
    erasing = replace(erasing, sought=known)
    found = erased(ledger, there, erasing)
    made = with_edits(package, with_one_owner(there, found.edits, erasing.number)) if found.edits else data
    return scoured(made, name, Scour(erasing.sought, found.rows, erasing.whole))
