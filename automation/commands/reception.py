"""reception: the list of reception days for the notice board, as a page and a PDF. It only reads the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from automation.cases.reception_roster import roster
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.forms.roster import roster_of
from automation.ledger.errors import LedgerError
from automation.ledger.receptions import is_turned_on, receptions_of
from automation.reports.periods import normalised, span_of, term_around
from automation.run.may_run import refuse_moved
from automation.steps.cases_now import cases_now
from automation.text.catalogue import msg
from automation.workbooks.address import folder_beside
from automation.workbooks.opening import workbook_at
from automation.workbooks.whole_files import write_whole
from sheet_schema import SETTING
from sheet_schema.languages import said_for
from sheet_schema.reception import RECEPTION_DAYS

TERM = "term"
_FILE = msg("reception days {first} to {last}", "file")
_WRITTEN = msg("{page} and {pdf} are in {folder}: print either. Nothing of anybody who came stands there.")


@dataclass(frozen=True)
class ReceptionOptions:
    """The options of `reception`, as typed."""

    workbook: str
    listed: str = TERM
    into: str = ""
    now: str | None = None


def write_roster(wanted: ReceptionOptions, session: Session) -> int:
    """Write the list of the term, or of the days that are named. Raises LedgerError where reception days are not turned on, Misused
    for text that is no period."""
    session.tell("reading")
    cases = cases_now(workbook_at(wanted.workbook, session.real_time).read(), moment(wanted.now, session.real_time))
    ledger = cases.ledger
    refuse_moved(ledger)
    if not is_turned_on(ledger):
        raise LedgerError(
            msg("Reception days are not turned on: choose Yes at “{setting}” in Settings, and run install.").of(
                setting=SETTING[RECEPTION_DAYS]
            ),
            ledger.language,
        )
    session.tell("working_out")
    period = (
        term_around(ledger.policy.calendar, cases.now.date())
        if normalised(wanted.listed) in (TERM, *said_for("periods", TERM))
        else span_of(wanted.listed, "--list")
    )
    days = roster(ledger, receptions_of(ledger), period.first, period.last)
    from automation.forms.roster_drawn import roster_page, roster_pdf  # takes a tenth of a second

    made = roster_of(ledger, days, period.first, period.last)
    name = _FILE.say(ledger.language, first=period.first, last=period.last)
    folder = Path(wanted.into) if wanted.into else folder_beside(wanted.workbook, "forms")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{name}.html", roster_page(made).encode())
        write_whole(folder / f"{name}.pdf", roster_pdf(made))
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written: close it if it is open, or choose another folder with --into.").of(
                path=error.filename or folder
            )
        ) from error
    language = spoken_of(ledger.language)
    session.say(_WRITTEN.say(language, page=f"{name}.html", pdf=f"{name}.pdf", folder=folder))
    return 0
