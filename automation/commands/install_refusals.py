"""When `install` adds nothing: what a ledger seems to lack is there under another name, or in another row."""

from __future__ import annotations

from collections.abc import Iterator

from automation.cases.cell_prints import of_this_version
from automation.ledger.errors import LedgerError
from automation.ledger.misplaced import foreign_headings
from automation.ledger.model import Ledger
from automation.ledger.parsing import INSTALL_REFUSES
from automation.ledger.workbook import Snapshot
from automation.text.catalogue import Message, msg
from sheet_schema import REGISTER

_REFUSED = msg("Nothing was added. {problem}")
_HAD_IT = msg(
    "The column “{value}” is missing, though this ledger already had it. If one of these headings stands in its place, give it the old name back: {others}. If not, undo what took it away, or write “{value}” at the head of an empty column."
)


def refuse_twins(snapshot: Snapshot, ledger: Ledger) -> None:
    """Raises LedgerError if adding what is missing would make a twin of what is there."""
    found = [one for problem in ledger.problems if problem.code in INSTALL_REFUSES for one in problem.said]
    found = found or [*_columns_it_had(snapshot, ledger)]
    if found:
        raise LedgerError(_REFUSED.of(problem=tuple(found)), ledger.language)


def _columns_it_had(snapshot: Snapshot, ledger: Ledger) -> Iterator[Message]:
    """What is said of each missing staff column of the Register that the last run still saw, if columns with other
    headings stand there.

    Index tells: what it remembers of each row's cells has the mark of the columns that they stood in, and no run goes on
    without one of them. So what a later version brings is never meant.
    """
    missing = [key for key in REGISTER.staff_keys if key not in ledger.register.at]
    if missing and of_this_version(ledger.tables["index"]["fingerprint"].tolist()):
        others = foreign_headings(REGISTER, snapshot.grids[ledger.register.title], ledger.language)
        for key in missing if others else ():
            yield _HAD_IT.of(value=REGISTER[key], others=[*others.values()])
