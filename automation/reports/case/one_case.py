"""A ledger with only one case in it, so that every job can be asked about that case, for any day, at no cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.confidentiality import quotable_cases
from automation.cases.joined_facts import answered, with_facts
from automation.cases.owed import Owed, owed_in
from automation.cases.register_lines import register_lines_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Array, Table, lines_at
from sheet_schema import REGISTER

_APART = re.compile(r"[\s,，、;；]+")
"""What stands between the numbers of several cases."""


class RunOutcome(Protocol):
    """What a run or a dry run made of the ledger, as far as one case's report needs it."""

    @property
    def run(self) -> str:
        """The run's mark."""

    @property
    def now(self) -> datetime:
        """The run's time by the office's clock."""

    @property
    def before(self) -> Ledger: ...

    @property
    def after(self) -> Ledger: ...

    @property
    def written(self) -> bool:
        """Whether the run was written, not only tried."""

    @property
    def stopped(self) -> bool:
        """Whether a problem stopped the run before its jobs."""


@dataclass(frozen=True)
class OneCase:
    """A case by its number, in hand or filed, and all that the ledger keeps of it.

    In `ledger` the Register has no other line, and Notices and History only have the case's own; a filed case stands
    there as it did in the Register. `filing` is its line of Filing: `filed` says whether it is there already, otherwise
    the next run will write it. `coming` masks the lines of History that the next run will write. `found` are the
    problems found when its cells were read. `in_doubt` means that the number in its row may not be its own, so that no
    job touches it.
    """

    number: str
    ledger: Ledger
    now: datetime
    filing: Table
    filed: bool
    coming: Array
    found: tuple[Problem, ...]
    in_doubt: bool
    quotable: bool
    stopped: bool
    run: str
    """The run that was just written, to which its own claims belong; empty after a dry run."""

    @property
    def register(self) -> Table:
        return answered(self.ledger.register)

    @cached_property
    def owed(self) -> dict[str, Owed]:
        """What each of its steps owed that is done, by the step's key."""
        index = self.ledger.index
        kept = index["owed"][index["case_no"] == self.number]
        sealed = self.filing["owed"][0] if len(self.filing) else ""
        return owed_in(sealed or (kept[0] if len(kept) else ""))

    @cached_property
    def cases(self) -> Cases:
        return cases_of(self.ledger, self.now)


def one_case(result: RunOutcome, number: str) -> OneCase | None:
    """The case with this number as a run or dry run left it; None if there is none."""
    ledger, before = result.after, result.before
    live, filed = _places(ledger.register, number), _places(ledger.filing, number)
    if not live and not filed:
        return None
    is_filed = bool(filed) and (result.written or not live)
    register_lines = register_lines_of(ledger)
    filed_meanwhile = bool(filed) and not _places(before.filing, number)
    in_doubt = bool(live and register_lines.content[live[0]] and not register_lines.cases[live[0]])
    in_doubt = in_doubt and not filed_meanwhile
    line = lines_at(ledger.register, live[:1]) if live else _as_registered(ledger, filed[0])
    history, notices = _of_history(ledger.tables["history"], number), _places(ledger.tables["notices"], number)
    written = ledger if result.written else before
    own = [
        problem for problem in before.problems if problem.tab == "register" and tidy_number(problem.case_no) == number
    ]
    taken = tuple(note for note in ledger.notes if tidy_number(note.case_no) == number)
    alone = ledger.having(
        register=line,
        filing=lines_at(ledger.filing, []),
        index=lines_at(ledger.index, [] if in_doubt else _index_lines(ledger, line, number)),
        notices=lines_at(ledger.tables["notices"], notices),
        history=lines_at(ledger.tables["history"], history),
    )
    return OneCase(
        number=number,
        ledger=replace(alone, problems=tuple(own), notes=taken),
        now=result.now,
        filing=lines_at(ledger.filing, filed[:1]),
        filed=is_filed,
        coming=np.asarray(history, dtype=np.int64) >= len(written.tables["history"]),
        found=tuple(own),
        in_doubt=in_doubt,
        quotable=not _is_secret(ledger, live, [] if filed_meanwhile else filed),
        stopped=result.stopped,
        run=result.run if result.written else "",
    )


def _is_secret(ledger: Ledger, live: Sequence[int], filed: Sequence[int]) -> bool:
    """Whether any row with the number is restricted: of two copies, one may be."""
    tables = ((ledger.register, live), (ledger.filing, filed))
    return any(not quotable_cases(table, ledger.policy)[place] for table, places in tables for place in places)


def _places(table: Table, number: str) -> list[int]:
    found: list[int] = np.flatnonzero(table["case_no"] == number).tolist()
    return found


def _of_history(history: Table, number: str) -> list[int]:
    """The case's lines of History, and those that speak of several cases, this one among them."""
    several = np.flatnonzero((history["row"] != "") & (history["case_no"] == "") & (history["tab"] == ""))
    named = [at for at in several.tolist() if number in _APART.split(history["row"][at])]
    return sorted((*_places(history, number), *named))


def _index_lines(ledger: Ledger, line: Table, number: str) -> list[int]:
    """The case's line in Index, and those of the cases that it names, which must have been issued."""
    earlier = tidy_number(line["repeat_of"][0])
    leading = next((facts.leading for _, facts in with_facts(line)), "")
    return [place for name in {number, earlier, leading} - {""} for place in _places(ledger.index, name)]


def _as_registered(ledger: Ledger, filed_at: int) -> Table:
    """A filed row as a line of the Register, whose columns Filing keeps unchanged."""
    row = lines_at(ledger.filing, [filed_at])
    return replace(
        lines_at(ledger.register, []),
        rows=row.rows,
        values={column.key: row.values[column.key] for column in REGISTER},
        read={column.key: row.read[column.key] for column in REGISTER},
    )
