"""publish: write for each case a page that says where it stands, into a folder that any web space can show.

Each page has a secret name, which the case's receipt shows as a QR code. It only reads the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import quotable_cases
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.commands.status_names import ENDING, status_names
from automation.forms.status_page import MARK, empty_page, page_of_case, page_of_filed
from automation.ledger.case_numbers import issued_numbers
from automation.ledger.errors import LedgerError
from automation.ledger.table import copied
from automation.run.may_run import refuse_moved
from automation.steps.cases_now import cases_now
from automation.text.catalogue import counted, msg
from automation.workbooks.address import folder_beside
from automation.workbooks.opening import workbook_at
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

STAYS = timedelta(days=90)
"""How long the page of a filed case stays."""
INDEX = f"index{ENDING}"
_IN = counted(
    "1 page is in {folder}, {new} of them new or changed; {gone} withdrawn.",
    "{n} pages are in {folder}, {new} of them new or changed; {gone} withdrawn.",
)
_WOULD = counted(
    "1 page would be in {folder}, {new} of them new or changed; {gone} withdrawn.",
    "{n} pages would be in {folder}, {new} of them new or changed; {gone} withdrawn.",
)


@dataclass(frozen=True)
class PublishOptions:
    """The options of `publish`, as typed."""

    workbook: str
    into: str = ""
    now: str | None = None
    dry_run: bool = False
    as_json: bool = False


@dataclass(frozen=True)
class Published:
    """The pages that are wanted, by file name, and the names of all that a case of this ledger may ever have."""

    pages: Mapping[str, bytes]
    every: frozenset[str]


def publish(asked: PublishOptions, session: Session) -> int:
    """Write what is new or different, and withdraw what is not wanted any more."""
    session.tell("reading")
    snapshot = workbook_at(asked.workbook, session.real_time).read()
    cases = cases_now(snapshot, moment(asked.now, session.real_time))
    refuse_moved(cases.ledger)
    if stops := cases.ledger.stops:
        raise LedgerError(msg("Nothing was published. {problem}").of(problem=stops[0]), cases.ledger.language)
    wanted = _wanted(cases, asked.workbook)
    folder = Path(asked.into) if asked.into else folder_beside(asked.workbook, "status")
    try:
        new = [name for name, page in wanted.pages.items() if _held(folder / name) != page]
        gone = [name for name in sorted(wanted.every - wanted.pages.keys()) if MARK in _held(folder / name)]
        if not asked.dry_run:
            _write(folder, {name: wanted.pages[name] for name in new}, gone, empty_page(cases.ledger))
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): check the folder, or choose another with --into.").of(
                path=error.filename or folder, reason=reason_of(error)
            ),
            cases.ledger.language,
        ) from error
    counts = {"pages": len(wanted.pages), "new": len(new), "withdrawn": len(gone)}
    if asked.as_json:
        session.say(one_object({**counts, "folder": str(folder), "dry_run": asked.dry_run}))
    else:
        said = _WOULD if asked.dry_run else _IN
        language = spoken_of(cases.ledger.language)
        session.say(said.say(language, n=len(wanted.pages), folder=folder, new=len(new), gone=len(gone)))
    return 0


def _wanted(cases: Cases, workbook: str) -> Published:
    name_of, ledger = status_names(workbook), cases.ledger
    pages = dict(_pages(cases))
    every = {*issued_numbers(ledger), *pages}
    return Published(
        {f"{name_of(number)}{ENDING}": page for number, page in pages.items()},
        frozenset(f"{name_of(number)}{ENDING}" for number in every if number),
    )


def _pages(cases: Cases) -> Iterator[tuple[str, bytes]]:
    """The page of each live case, and of each that was filed not long ago, by its number."""
    ledger, today = cases.ledger, cases.now.date()
    filed_on, quotable = ledger.filing["filed_on"], quotable_cases(ledger.filing, ledger.policy)
    quotable = quotable & ~copied(
        ledger.filing["case_no"]
    )  # of a number that stands twice nobody knows which case is meant
    for at, number in enumerate(ledger.filing["case_no"].tolist()):
        if number and _stays(filed_on[at], today):
            yield number, page_of_filed(ledger, at, quotable=bool(quotable[at]))
    for at in np.flatnonzero(cases.register_lines.cases).tolist():
        yield str(cases.register["case_no"][at]), page_of_case(cases, at)


def _stays(filed_on: np.datetime64, today: date) -> bool:
    return bool(np.isnat(filed_on) or filed_on >= np.datetime64(today - STAYS, "D"))


def _held(path: Path) -> bytes:
    """What lies there; nothing if nothing does. Raises OSError."""
    try:
        return read_plain(path)
    except FileNotFoundError:
        return b""


def _write(folder: Path, new: Mapping[str, bytes], gone: list[str], empty: bytes) -> None:
    """Write the new pages, each whole, then take away the others. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    there = _held(folder / INDEX)
    if there != empty and (MARK in there or not there):
        write_whole(folder / INDEX, empty)
    for name, page in new.items():
        write_whole(folder / name, page)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
