"""person: everything that stands about one person, wherever the ledger keeps something. It only reads.

For the office alone; `--into` writes what may be handed to the person (PIPL art. 45, UK GDPR art. 15): what is about others is masked, and
nothing is in it of a case that they must not know of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from automation.cases.confidentiality import judge_table
from automation.cases.named import Asked, Doubt, Hit, asked_for, named_in
from automation.commands.books_reached import read_book, with_books
from automation.commands.console import one_object
from automation.commands.files_beside import files_beside, folder_of_backups, text_of
from automation.commands.handed_to_person import Handed, handed_to
from automation.commands.language import spoken_of
from automation.commands.listing_files import write_listing
from automation.commands.options import Session, moment
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.meant import Party
from automation.ledger.model import Ledger
from automation.ledger.names.folding import name_form
from automation.ledger.parsing import parse
from automation.ledger.workbook import Snapshot
from automation.ledger.year_books import names_of_books
from automation.run.may_run import refuse_moved
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.text.characters import one_line
from automation.workbooks.excel import backups
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import FILING, REGISTER

_LONGEST = 200
_ANY_DAY = date.min
_TEXTS: Mapping[str, Message] = {
    "who": msg("Looked for: {names}."),
    "contacts": msg("With what is known of them: {contacts}."),
    "several": msg("Rows of this name have contacts that do not hang together, so they may be several people: say whose it is, with --contact."),
    "line": msg("{where}, {column}: {text}"),
    "row": msg("{tab} row {row}"),
    "case": msg("{case}, {place}"),
    "book_row": msg("year book {book}, {tab} row {row}"),
    "sure": msg("About this person:"),
    "doubtful": msg("May be another person of that name; look at each:"),
    "files": msg("In files beside the ledger:"),
    "file": msg("{path}"),
    "unread": msg("Not looked into, as it is no text: {path}"),
    "none": msg("Nothing was found about {name}."),
    "written": msg("{name}.html and {name}.pdf are in {folder}. Read them before you hand them over: no program knows every way in which a text speaks of others."),
    "left_out": msg("Left out of it, since the person must not know of them: {numbers}."),
    "not_files": msg("Files beside the ledger and its backups are only looked into with --restricted."),
    "in_google": msg("The version history of the Google Sheet is not looked into: open it there."),
}  # fmt: skip
_WITHHELD = counted(
    "1 line was not looked at, since it is, or may be, of a restricted case; --restricted looks there, too.",
    "{n} lines were not looked at, since they are, or may be, of restricted cases; --restricted looks there, too.",
)
_DOUBTS: Mapping[Doubt, Message] = {
    Doubt.NAME_ONLY: msg("the name alone"),
    Doubt.OTHER_CONTACT: msg("the name, with another contact or none"),
    Doubt.CONTACT_ONLY: msg("their contact, without the name"),
    Doubt.PERHAPS: msg("perhaps meant"),
}


@dataclass(frozen=True)
class PersonOptions:
    """The options of `person`, as typed."""

    workbook: str
    name: tuple[str, ...]
    contact: tuple[str, ...] = ()
    restricted: bool = False
    as_json: bool = False
    into: str = ""
    now: str | None = None


@dataclass(frozen=True)
class Found:
    """All that was found: cells of the ledger (book "") and of its year books, and files; `unread` are those nobody could look into."""

    asked: Asked
    cells: Sequence[tuple[str, Hit]]
    withheld: int = 0
    files: Sequence[Path] = ()
    unread: Sequence[Path] = ()
    barred: frozenset[str] = field(default=frozenset())
    """The cases that the person must not know of."""

    @property
    def nothing(self) -> bool:
        return not self.cells and not self.files


def tell_of_person(wanted: PersonOptions, session: Session) -> int:
    """Tell everything that stands about a person, or write what may be handed to them."""
    name = " ".join(wanted.name).strip()
    if len(name_form(name)) < 2:
        raise Misused(msg("Say whose name to look for, in full."))
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    ledger, found = found_of(workbook, wanted, name, session)
    language = spoken_of(ledger.language)
    texts = Sentences(_TEXTS, language)
    if wanted.as_json:
        session.say(one_object(_as_json(found)))
    else:
        for line in _lines(found, texts, language, files=wanted.restricted, online=workbook.own_file is None):
            session.say(line)
    if wanted.into:
        day = moment(wanted.now, session.real_time).date()
        handed = Handed(ledger, found.asked, day, [hit for _, hit in found.cells], found.barred)
        listing, file, left = handed_to(handed)
        write_listing(
            listing, Path(wanted.into), file, workbook.own_file.rights_beside() if workbook.own_file else None
        )
        if not wanted.as_json:
            session.say(texts.say("written", name=file, folder=wanted.into))
            if left and wanted.restricted:
                session.say(texts.say("left_out", numbers=left))
    return 0


def found_of(workbook: LaidOut, wanted: PersonOptions, name: str, session: Session) -> tuple[Ledger, Found]:
    """The ledger with its year books, and all that was found about the person there and beside it."""
    snapshot = workbook.read()
    own = parse(snapshot)
    refuse_moved(own)
    books = {book: read_book(workbook, book) for book in names_of_books(own)}
    ledger = parse(with_books(workbook, snapshot, books)) if books else own
    session.tell("working_out")
    places: dict[str, Snapshot] = {"": snapshot, **books}
    asked = asked_for(ledger, tuple(places.values()), name, wanted.contact)
    cells: list[tuple[str, Hit]] = []
    withheld = 0
    for book, one in places.items():
        named = named_in(ledger, one, asked, restricted=wanted.restricted)
        cells += [(book, hit) for hit in named.hits]
        withheld += named.withheld
    files, unread = _in_files(wanted.workbook, asked) if wanted.restricted else ((), ())
    return ledger, Found(asked, cells, withheld, files, unread=unread, barred=_kept_from(ledger, asked))


def _kept_from(ledger: Ledger, asked: Asked) -> frozenset[str]:
    """The numbers of the cases that the person must not know of, or that are about them and restricted."""
    barred = set()
    me = Party(asked.name)
    for tab in (REGISTER, FILING):
        table = ledger.tables[tab.key]
        judged = judge_table(table, ledger.policy, day=_ANY_DAY)
        for at in judged.guarded:
            strangers = judged.strangers.get(at, ())
            named = me in judged.in_conflict.get(at, ()) or any(map(asked.sought.is_in, strangers))
            doubtful = any(asked.name in names for _, names in judged.unsure.get(at, ()))
            if named or doubtful or asked.sought.is_in(str(table.read["about"][at])):
                barred.add(str(table["case_no"][at]))
    return frozenset(barred)


def _in_files(workbook: str, asked: Asked) -> tuple[list[Path], list[Path]]:
    found, unread = [], []
    for one in files_beside(workbook):
        text = text_of(one.path)
        if text is None:
            unread.append(one.path)
        elif any(map(asked.sought.is_in, text.split("\n"))):
            found.append(one.path)
    for path, data in copies_kept(folder_of_backups(workbook)):
        text = text_of(path, data) if data is not None else None
        if text is None:
            unread.append(path)
        elif any(map(asked.sought.is_in, text.split("\n"))):
            found.append(path)
    return found, unread


def copies_kept(folder: Path) -> Iterator[tuple[Path, bytes | None]]:
    """Every copy in a folder of backups, also those in the file of older copies and those of year books; None for one that is damaged."""
    if not folder.is_dir():
        return
    for name in backups.all_copies(folder):
        path = folder / name
        try:
            yield path, path.read_bytes() if path.is_file() else backups.taken_out(folder, name)
        except LedgerError:
            yield path, None
    for path in sorted(folder.rglob("*.xlsx")):
        if path.parent != folder or not backups.is_dated(path):
            yield path, path.read_bytes()


def _where(book: str, hit: Hit, texts: Sentences) -> str:
    place = (
        texts.say("book_row", book=book, tab=hit.title, row=hit.row)
        if book
        else texts.say("row", tab=hit.title, row=hit.row)
    )
    return texts.say("case", case=one_line(hit.case_no), place=place) if hit.case_no else place


def _lines(found: Found, texts: Sentences, language: str, *, files: bool, online: bool) -> Iterator[str]:
    sought = found.asked.sought
    yield texts.say("who", names=[one_line(name) for name in sought.names])
    if sought.contacts:
        yield texts.say("contacts", contacts=[one_line(one) for one in sought.contacts])
    if found.asked.several:
        yield texts["several"]
    for heading, sure in (("sure", True), ("doubtful", False)):
        cells = [(book, hit) for book, hit in found.cells if (hit.doubt is Doubt.SURE) is sure]
        if cells:
            yield texts[heading]
        for book, hit in cells:
            text = one_line(hit.text, _LONGEST)
            said = text if sure else f"{text} [{_DOUBTS[hit.doubt].say(language)}]"
            yield "  " + texts.say("line", where=_where(book, hit, texts), column=hit.column, text=said)
    if found.files:
        yield texts["files"]
        yield from ("  " + texts.say("file", path=path) for path in found.files)
    yield from (texts.say("unread", path=path) for path in found.unread)
    if found.nothing:
        yield texts.say("none", name=one_line(found.asked.name))
    if found.withheld:
        yield _WITHHELD.say(language, n=found.withheld)
    if not files:
        yield texts["not_files"]
    elif online:
        yield texts["in_google"]


def _as_json(found: Found) -> dict[str, object]:
    sought = found.asked.sought
    return {
        "names": [*sought.names],
        "contacts": [*sought.contacts],
        "several_people": found.asked.several,
        "hits": [
            {
                "book": book or None,
                "tab": hit.tab,
                "row": hit.row,
                "case_no": hit.case_no or None,
                "column": hit.column,
                "text": hit.text,
                "sure": hit.doubt is Doubt.SURE,
                "doubt": None if hit.doubt is Doubt.SURE else hit.doubt.value,
            }
            for book, hit in found.cells
        ],
        "files": [str(path) for path in found.files],
        "not_read": [str(path) for path in found.unread],
        "lines_withheld": found.withheld,
    }
