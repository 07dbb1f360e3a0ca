"""copy: copy a ledger to another place, also into the other language or the other kind of workbook.

"A copied ledger starts paused; `copy --move` marks the source as moved, and runs there stop in words"
(docs/design.md#p6.6). From file to file in the same language the file itself is copied, so that nothing a person made
is lost. Otherwise the target is laid out anew and filled (`copy_cells.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.commands.copy_cells import names_of_own, own_columns_beside, own_tabs, own_texts, translated
from automation.commands.language import spoken_of
from automation.commands.letters_said import letters_left
from automation.commands.options import Session
from automation.commands.secrets_beside import carried_along
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger, refuse_what_is_no_ledger
from automation.ledger.titles_and_headers import title_of
from automation.ledger.workbook import ColumnEdit, Commit, Notes, Snapshot, TabEdit, Workbook
from automation.ledger.year_books import names_of_books, year_in_mark
from automation.run.edits import with_terms
from automation.run.rules_written import remembered_too
from automation.text.catalogue import Message, Sentences, groups, msg
from automation.workbooks.laid_out import Contents, LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import SETTING, Language
from sheet_schema.vocabulary import Sending

_SAID: Mapping[str, Message] = {
    "copied": msg("Copied {source} to {target}. Sending is paused there; set it in Settings when you are ready."),
    "moved": msg("{source} is marked as moved: its jobs stop."),
    "values": msg("Own tabs and columns went along as values: {names}."),
    "texts": msg("Your own texts in Wording went along as they are; translate them there: {names}."),
    "books": msg(
        "Its year books were not copied: {names}. Copy each of them, too: to a file of the same name beside {target}, or to an empty Google Sheet whose address you put in its place in Year books."
    ),
    "book": msg("Copied the year book of {year}, {source}, to {target}."),
    "looks": msg("Colours, notes and links that people made stay in {source}."),
}


def copied(
    source: str | Path, target: str | Path, language: Language | None, clock: datetime, *, move: bool
) -> list[str]:
    """Copy the ledger, and return what was done in words.

    Raises LedgerError if the target exists or the source is not a ledger.
    """
    old, new = workbook_at(source, clock), workbook_at(target, clock)
    if new.own_file is not None:
        new.own_file.refuse_taken()
    before = old.read()
    if (year := year_in_mark(before.mark)) is not None and not move:
        return _copied_book(old, new, year, language)
    refuse_what_is_no_ledger(before)
    with old.lock():
        snapshot = old.read_whole()
        _, ledger = read_ledger(snapshot)
        _refuse_broken(ledger)
        if move:
            old.refuse_unwritable()
        wanted = language or ledger.language
        own: list[str] = []
        anew = False
        if old.own_file is not None and new.own_file is not None and wanted == ledger.language:
            new.own_file.create(old.own_file.data())
            with new.lock():
                new.note(Notes(snapshot.journal))
        else:
            own, anew = transcribe(ledger, snapshot, new, wanted), True
        _set(new, {"sending": Sending.PAUSED.label(wanted), "moved_to": ""})
        if move:
            _set(old, {"moved_to": new.address}, locked=True)
    texts = Sentences(_SAID, spoken_of(wanted))
    said = [texts.say("copied", source=old.name, target=new.name)]
    if own:
        said.append(texts.say("values", names=[*own]))
    if wanted != ledger.language and (texts_kept := own_texts(ledger, wanted)):
        said.append(texts.say("texts", names=groups(texts_kept, wanted)))
    if anew:
        said.append(texts.say("looks", source=old.name))
    if left := [name for name in names_of_books(ledger) if not _is_beside(new, name)]:
        said.append(texts.say("books", names=left, target=new.name))
    said += letters_left(str(source), spoken_of(wanted))
    if not move:
        return said
    left = [one.say(spoken_of(wanted)) for one in carried_along(str(source), str(target))]
    return [*said, texts.say("moved", source=old.name), *left]


def _is_beside(workbook: LaidOut, book: str) -> bool:
    """Whether a ledger in this workbook finds its year book."""
    try:
        return workbook.book(book).is_there
    except LedgerError:
        return False  # one is a file, and the other in Google


def _copied_book(old: LaidOut, new: LaidOut, year: int, language: Language | None) -> list[str]:
    """Copy a year book, which stays one."""
    snapshot = as_a_ledger(old.read_whole())
    _, ledger = read_ledger(snapshot)
    wanted, own = language or ledger.language, list[str]()
    if old.own_file is not None and new.own_file is not None and wanted == ledger.language:
        new.own_file.create(old.own_file.data())
    else:
        own = transcribe(ledger, snapshot, new, wanted, year)
    texts = Sentences(_SAID, spoken_of(wanted))
    said = [texts.say("book", year=str(year), source=old.name, target=new.name)]
    return [*said, texts.say("values", names=[*own])] if own else said


def transcribe(
    ledger: Ledger, snapshot: Snapshot, new: LaidOut, wanted: Language, book_of: int | None = None
) -> list[str]:
    """Lay the target out and fill it, as the book of a year if it is one, and return the names of what was copied as values
    only."""
    own = own_columns_beside(ledger, snapshot, wanted)
    tabs = {title: snapshot.grids[title].rows for title in own_tabs(ledger, snapshot)}
    new.transcribe(Contents(wanted, translated(ledger, wanted), own, tabs, book_of))
    return names_of_own(ledger, snapshot)


def _refuse_broken(ledger: Ledger) -> None:
    if stops := ledger.stops:
        raise LedgerError(msg("The ledger cannot be copied yet: {problem}").of(problem=stops[0]), ledger.language)


def _set(workbook: Workbook, values: Mapping[str, str], *, locked: bool = False) -> None:
    """Write these settings, adding missing rows."""
    with nullcontext() if locked else workbook.lock():
        snapshot = workbook.read()
        ledger = parse(snapshot)
        table, language = ledger.tables["settings"], ledger.language
        title = title_of(table.tab, snapshot.grids, language)
        assert title is not None
        columns: list[ColumnEdit] = []
        free = table.last_row
        for key, value in values.items():
            row = ledger.policy.settings.rows.get(key)
            if row is None and value:
                free += 1
                columns.append(ColumnEdit(table.at["name"], [free], [SETTING[key].label(language)]))
            if row is not None or value:
                columns.append(ColumnEdit(table.at["value"], [row or free], [value]))
        edits = remembered_too(snapshot, [TabEdit(title, tuple(columns))])
        workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))


@dataclass(frozen=True)
class CopyOptions:
    """The options of `copy`, as typed."""

    source: str
    target: str
    language: Language | None = None
    move: bool = False


def copy_ledger(asked: CopyOptions, session: Session) -> int:
    for line in copied(asked.source, asked.target, asked.language, session.real_time, move=asked.move):
        session.say(line)
    return 0
