"""form: print a case's registration form, its receipt, an empty form, or numbered slips, as a page and a PDF.

It only reads the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table, may_quote
from automation.cases.register_lines import has_content
from automation.commands.books_reached import with_book_of
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.commands.status_names import ENDING, status_names
from automation.forms.page import page
from automation.forms.poster import Poster, poster
from automation.forms.qr import Code, code_of
from automation.forms.receipt import receipt_of_case, receipt_of_filed
from automation.forms.shapes import Paper
from automation.forms.sheet import empty_form, form_of_case
from automation.forms.slips import free_numbers, slips
from automation.ledger.case_numbers import number_meant
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.table import Table
from automation.run.may_run import refuse_moved
from automation.steps.cases_now import cases_now
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.address import folder_beside
from automation.workbooks.opening import workbook_at
from automation.workbooks.whole_files import write_whole
from sheet_schema import FORM, SETTING, Language

_TEXTS: Mapping[str, Message] = {
    "written": msg("{page} and {pdf} are in {folder}: print either."),
    "restricted": msg(
        "{number} is restricted: its form says number, step and date, and leaves the rest to be filled in by hand. The"
        " tab {tab} of the workbook shows it all to whoever may open the workbook."
    ),
    "doubtful": msg(
        "{number} could be restricted until Kind, About and Restricted can be read: its form says number, step and date,"
        " and leaves the rest to be filled in by hand. Fill them in, and print it again."
    ),
}
_FILES: Mapping[str, Message] = {
    "form": msg("form {number}", "file"),
    "receipt": msg("receipt {number}", "file"),
    "poster": msg("poster", "file"),
    "slip": msg("slips {first}", "file"),
    "slips": msg("slips {first} to {last}", "file"),
}


@dataclass(frozen=True)
class FormOptions:
    """The options of `form`, as typed.

    They say what to print: the form or receipt of a case, the poster, an empty form, or at most `pad` numbered slips (0: all).
    """

    workbook: str
    into: str = ""
    now: str | None = None
    case: str = ""
    receipt: bool = False
    poster: bool = False
    blank: bool = False
    pad: int | None = None


@dataclass(frozen=True)
class Printed:
    """A paper, the name of its files, and why its case is not printed in full, with the case's number."""

    paper: Paper | Poster
    name: str
    withheld: str = ""
    number: str = ""


def print_form(wanted: FormOptions, session: Session) -> int:
    """Print what is wanted into a folder (by default `forms` beside the workbook), and say where it is.

    Raises Misused for options that do not go together, LedgerError for a number that does not exist.
    """
    _refuse_misused(wanted)
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    snapshot = workbook.read()
    if wanted.case and not wanted.blank:
        snapshot = with_book_of(workbook, snapshot, wanted.case)
    session.tell("working_out")
    ledger = parse(snapshot)
    refuse_moved(ledger)
    if wanted.poster:
        printed = _poster(ledger)
    elif wanted.blank:
        printed = _of_the_pad(ledger, wanted)
    else:
        printed = _of_a_case(cases_now(snapshot, moment(wanted.now, session.real_time)), wanted)
    folder = Path(wanted.into) if wanted.into else folder_beside(wanted.workbook, "forms")
    _write(printed, folder)
    texts = Sentences(_TEXTS, spoken_of(ledger.language))
    session.say(texts.say("written", page=f"{printed.name}.html", pdf=f"{printed.name}.pdf", folder=folder))
    if printed.withheld:
        session.say(texts.say(printed.withheld, number=printed.number, tab=FORM.label(ledger.language)))
    return 0


def _refuse_misused(wanted: FormOptions) -> None:
    """Raises Misused unless exactly one thing is wanted."""
    if wanted.poster and (wanted.case or wanted.receipt or wanted.blank):
        raise Misused(msg("--poster prints the poster of the online form: leave out everything else."))
    if wanted.blank and (wanted.case or wanted.receipt):
        raise Misused(msg("--blank prints numbers that are still free: leave out the case and --receipt."))
    if wanted.pad is not None and not wanted.blank:
        raise Misused(msg("--pad prints slips for numbers that are still free: write --blank --pad."))
    if not (wanted.poster or wanted.blank or wanted.case.strip()):
        raise Misused(msg("Say which case, as in `form LV-00012`; or `form --blank` for an empty form."))


def _poster(ledger: Ledger) -> Printed:
    if not ledger.policy.settings["form_address"]:
        raise LedgerError(
            msg("The poster needs the address of the online form: write it at “{setting}” in Settings.").of(
                setting=SETTING["form_address"]
            ),
            ledger.language,
        )
    return Printed(poster(ledger), _FILES["poster"].say(ledger.language))


def _status_code(ledger: Ledger, number: str, workbook: str) -> Code:
    """The QR code of the page that says where this case stands; none if such pages are shown nowhere."""
    address = ledger.policy.settings["status_address"]
    if not address:
        return ()
    return code_of(f"{address.rstrip('/')}/{status_names(workbook)(number)}{ENDING}")


def _of_the_pad(ledger: Ledger, wanted: FormOptions) -> Printed:
    numbers = free_numbers(ledger)
    if not numbers:
        raise LedgerError(
            msg("No empty numbered line is left in the Register: run `validate`, which adds some."), ledger.language
        )
    if wanted.pad is None:
        return Printed(empty_form(ledger, numbers[0]), _file("form", ledger.language, number=numbers[0]))
    numbers = numbers[: wanted.pad or None]
    first, last = numbers[0], numbers[-1]
    name = _file("slip" if first == last else "slips", ledger.language, first=first, last=last)
    return Printed(slips(ledger, numbers), name)


def _of_a_case(cases: Cases, wanted: FormOptions) -> Printed:
    ledger, number = cases.ledger, number_meant(wanted.case, cases.ledger)
    name = _file("receipt" if wanted.receipt else "form", ledger.language, number=number)
    at = _line_of(ledger.register, number, ledger.language)
    if at is None:
        return _of_filed(ledger, number, name, wanted)
    if wanted.receipt:
        return Printed(receipt_of_case(cases, at, _status_code(ledger, number, wanted.workbook)), name)
    if not has_content(ledger.register)[at]:
        return Printed(empty_form(ledger, number), name)
    return _in_full_if_it_may(ledger, ledger.register, at, name)


def _of_filed(ledger: Ledger, number: str, name: str, wanted: FormOptions) -> Printed:
    filing = ledger.filing
    at = _line_of(filing, number, ledger.language)
    if at is None:
        raise LedgerError(
            msg("There is no case {number} in the Register or in Filing: look the number up there.").of(number=number),
            ledger.language,
        )
    if wanted.receipt:
        return Printed(receipt_of_filed(ledger, at), name)
    return _in_full_if_it_may(ledger, filing, at, name)


def _in_full_if_it_may(ledger: Ledger, table: Table, at: int, name: str) -> Printed:
    """The form; of a case of which nothing may be quoted, or not yet, only its number, step and date."""
    confidence = judge_table(table, ledger.policy, date.min)
    quoted = may_quote(confidence, at)
    why = "" if quoted else "restricted" if confidence.restricted[at] else "doubtful"
    return Printed(form_of_case(ledger, table, at, quoted=quoted), name, why, table["case_no"][at])


def _line_of(table: Table, number: str, language: Language) -> int | None:
    """The position of the row with this number, or None. Raises LedgerError if two rows have it."""
    found = np.flatnonzero(table["case_no"] == number).tolist() if number else []
    if len(found) > 1:
        tab = table.tab
        raise LedgerError(
            msg("The number {number} stands on {count} lines of {tab}: settle there which is which, then print.").of(
                number=number, count=len(found), tab=tab
            ),
            language,
        )
    return found[0] if found else None


def _file(what: str, language: Language, **numbers: str) -> str:
    """The name of a file about these numbers, made safe, since text from a cell must never be a path."""
    safe = {place: re.sub(r"[^\w-]", "_", number) for place, number in numbers.items()}
    return _FILES[what].say(language, **safe)


def _write(printed: Printed, folder: Path) -> None:
    as_page, as_pdf = _drawn(printed.paper)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{printed.name}.html", as_page.encode())
        write_whole(folder / f"{printed.name}.pdf", as_pdf)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written: close it if it is open, or choose another folder with --into.").of(
                path=error.filename or folder
            )
        ) from error


def _drawn(paper: Paper | Poster) -> tuple[str, bytes]:
    """The paper as a page and as a PDF."""
    if isinstance(paper, Poster):
        from automation.forms.poster_drawn import poster_page, poster_pdf  # takes a tenth of a second

        return poster_page(paper), poster_pdf(paper)
    from automation.forms.pdf import pdf  # as above

    return page(paper), pdf(paper)
