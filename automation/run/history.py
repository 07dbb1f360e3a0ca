"""Writes a line in History for each cell that a run filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import numpy as np

from automation.cases.confidentiality import quotable_cases
from automation.cases.register_lines import has_content
from automation.ledger.changes import as_cells, known_rows
from automation.ledger.history import with_lines
from automation.ledger.model import Filled, Ledger
from automation.ledger.typed.cell import as_text
from automation.run.job import Job
from sheet_schema import REGISTER


def with_history(ledger: Ledger, filled: Iterable[Filled], run: str, at: datetime) -> Ledger:
    """The ledger with a line in History for each filled cell; for restricted cases it only names the column.

    An empty line is no case, so that of its number all may be said.
    """
    quotable = quotable_cases(ledger.register, ledger.policy) | ~has_content(ledger.register)
    register, language = ledger.register, ledger.language
    lines: dict[str, list[object]] = {key: [] for key in ("case_no", "column", "after", "why")}
    for fill in filled:
        column = REGISTER[fill.column]
        positions = np.asarray(fill.positions, dtype=np.int64)
        cells = as_cells(column, register[fill.column][positions], language)
        for i, cell, why in zip(fill.positions, cells, fill.why, strict=True):
            lines["case_no"].append(register["case_no"][i])
            lines["column"].append(column.label(language))
            lines["after"].append(as_text(cell) if quotable[i] else "")
            lines["why"].append(why if quotable[i] else "")
    return with_lines(ledger, run, at, lines)


def filled_in_known_rows(filled: Sequence[Filled], before: Ledger, job: Job) -> Iterator[Filled]:
    """The filled cells that will be written: a command that does not number rows only writes to numbered ones."""
    everything = np.arange(len(before.register))
    known = frozenset(known_rows(before.register, everything).tolist())
    for fill in filled:
        if job.writes_everything:
            yield fill
        elif ("register", fill.column) in job.writes:
            kept = [(i, why) for i, why in zip(fill.positions, fill.why, strict=True) if i in known]
            if kept:
                yield Filled(fill.column, [i for i, _ in kept], [why for _, why in kept])
