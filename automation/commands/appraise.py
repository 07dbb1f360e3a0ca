"""appraise: the filed cases whose retention period is over, and the list to decide on and sign. Nothing is destroyed by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from automation.cases.confidentiality import ASK_THE_OFFICE
from automation.commands.books_reached import with_books
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.listing_files import write_listing
from automation.commands.options import Session, moment
from automation.forms.listing import Listing, Part
from automation.forms.printable import printable, short
from automation.forms.sheet import school_of
from automation.ledger.model import Ledger
from automation.ledger.names.passages import Sought
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.petitioners import petitioners
from automation.ledger.year_books import book_with, names_of_books
from automation.run.may_run import refuse_moved
from automation.steps.appraisal import Due, due_for_appraisal
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.text.characters import one_line
from automation.workbooks.opening import workbook_at
from sheet_schema import FILING
from sheet_schema.vocabulary import Retention

_LONGEST = 60
_TEXTS: Mapping[str, Message] = {
    "none": msg("No filed case is due for appraisal on {day}."),
    "line": msg("{case} ({archive_no}), closed in {year}, {retention}: due since {due}"),
    "in_book": msg("{line}, in the year book {book}"),
    "retention": msg("{case} ({archive_no}): its Retention is blank or cannot be read, so nobody can say when it is due."),
    "year": msg("{case} ({archive_no}): the year in which it was closed cannot be read, so nobody can say when it is due."),
    "restricted": msg("restricted: {ask}"),
    "nothing": msg("Nothing was destroyed. Decide on each, sign the list, then: longer or for ever in Retention of Filing with `reseal`; what is to be destroyed with `erase`."),
    "written": msg("{name}.html and {name}.pdf are in {folder}: print either, decide on each line, sign it."),
    "title": msg("Appraisal and disposal list"),
    "file": msg("appraisal {day}", "file"),
    "day": msg("Retention periods that are over on {day}. The end of a period destroys nothing: each case is decided on here, by hand."),
    "how": msg("Decision: E longer (until when), P permanent, D destroy."),
    "number": msg("No."),
    "what": msg("Title"),
    "decision": msg("Decision"),
    "unclear": msg("It cannot be said when these are due: put right Retention or the year first"),
}  # fmt: skip
_COUNT = counted("1 filed case is due for appraisal.", "{n} filed cases are due for appraisal.")
_SIGNED: Sequence[Message] = (
    msg("Appraised by, day"),
    msg("Head of the unit, day"),
    msg("Approved by, day"),
    msg("Destroyed by (two people), day and way"),
    msg("Supervised by, day"),
    msg("Certificate numbers"),
)


@dataclass(frozen=True)
class AppraiseOptions:
    """The options of `appraise`, as typed."""

    workbook: str
    as_json: bool = False
    into: str = ""
    now: str | None = None


def tell_what_is_due(wanted: AppraiseOptions, session: Session) -> int:
    """Tell which filed cases are due for appraisal, and write the list to sign if a folder is named."""
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    snapshot = workbook.read()
    ledger = parse(snapshot)
    refuse_moved(ledger)
    own = ledger
    if books := names_of_books(ledger):
        ledger = parse(with_books(workbook, snapshot, books))
    session.tell("working_out")
    day = local_time(moment(wanted.now, session.real_time), ledger.policy.settings.zone).date()
    due = due_for_appraisal(ledger, day)
    texts = Sentences(_TEXTS, spoken_of(ledger.language))
    if wanted.as_json:
        session.say(one_object({"day": str(day), "cases": [_as_object(one, own) for one in due]}))
    else:
        for line in _lines(due, own, day, texts):
            session.say(line)
    if wanted.into and due:
        name = _TEXTS["file"].say(ledger.language, day=day)
        rights = workbook.own_file.rights_beside() if workbook.own_file else None
        write_listing(_list_to_sign(ledger, due, day), Path(wanted.into), name, rights)
        if not wanted.as_json:
            session.say(texts.say("written", name=name, folder=wanted.into))
    return 0


def _as_object(one: Due, own: Ledger) -> dict[str, object]:
    return {
        "case_no": one.case_no,
        "archive_no": one.archive_no or None,
        "book": book_with(own, one.case_no) or None,
        "retention": one.retention or None,
        "closed_in": one.closed_in or None,
        "due_on": str(one.due_on) if one.due_on else None,
        "unclear": one.unclear.value if one.unclear else None,
        "restricted": not one.quotable,
    }


def _lines(due: Sequence[Due], own: Ledger, day: date, texts: Sentences) -> Iterator[str]:
    language = spoken_of(own.language)
    clear = [one for one in due if one.unclear is None]
    yield _COUNT.say(language, n=len(clear)) if clear else texts.say("none", day=day)
    for one in due:
        numbers = {"case": one_line(one.case_no), "archive_no": one_line(one.archive_no) or "-"}
        if one.unclear is not None:
            yield "  " + texts.say(one.unclear.value, **numbers)
            continue
        retention = Retention.of(one.retention).label(language)
        line = texts.say("line", **numbers, year=str(one.closed_in), retention=retention, due=one.due_on)
        book = book_with(own, one.case_no)
        yield "  " + (texts.say("in_book", line=line, book=book) if book else line)
    if clear:
        yield texts["nothing"]


def _list_to_sign(ledger: Ledger, due: Sequence[Due], day: date) -> Listing:
    texts, language = Sentences(_TEXTS, ledger.language), ledger.language
    heads = (
        texts["number"], FILING["case_no"].label(language), FILING["archive_no"].label(language), texts["what"],
        FILING["retention"].label(language), FILING["year"].label(language), texts["decision"],
    )  # fmt: skip
    shares = (0.8, 1.6, 3.0, 3.4, 1.2, 0.9, 1.8)
    clear = [one for one in due if one.unclear is None]
    rows = [(str(at), *_row(ledger, one, texts), "") for at, one in enumerate(clear, start=1)]
    parts = [Part("", heads, rows, shares)] if rows else []
    if unclear := [one for one in due if one.unclear is not None]:
        parts.append(Part(texts["unclear"], heads[1:6], [_row(ledger, one, texts) for one in unclear], shares[1:6]))
    signed = [one.say(language) for one in _SIGNED]
    notes = (texts.say("day", day=day), texts["how"])
    return Listing(language, school_of(ledger), texts["title"], notes, parts=parts, signed=signed)


def _row(ledger: Ledger, one: Due, texts: Sentences) -> tuple[str, ...]:
    retention = Retention.of(one.retention).label(ledger.language) if one.retention else ""
    year = str(one.closed_in) if one.closed_in else ""
    return short(one.case_no), printable(one.archive_no), _title(ledger, one, texts), retention, year


def _title(ledger: Ledger, one: Due, texts: Sentences) -> str:
    """What the case was about, without who brought it; of a restricted one only that."""
    if not one.quotable:
        return texts.say("restricted", ask=ASK_THE_OFFICE)
    topic, summary, brought_by = (str(ledger.filing[key][one.at]) for key in ("topic", "summary", "petitioner"))
    summary = Sought(tuple(petitioners(brought_by))).without(summary, "…")
    return "\n".join(text for text in (printable(topic), short(summary, _LONGEST)) if text)
