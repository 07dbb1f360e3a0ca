"""Chains the lines of History, so that one that was taken out, put in or changed shows (docs/design.md#p4.32).

All lines that a run writes are bound to the lines of the run before: each line's chain is a checksum of its cells and of
that run's digest, and a run's digest is one over the chains of its lines. So nothing before the last run is read again,
and on a Google Sheet a line that had to be undone breaks nothing. *Runs* keeps the digest after each run, and the
archivist's weekly mail has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table
from automation.ledger.year_books import cut_of

CHAINED = ("run", "at", "case_no", "column", "before", "after", "why", "who", "tab", "row")
"""The cells that a line's chain covers."""
_LINE, _RUN = 12, 32
"""How many hexadecimal digits the chain of a line has, and the digest of a run."""


def chained(before: Ledger, after: Ledger) -> Ledger:
    """The ledger with the chain of each line of History that was added to it."""
    history, first = after.tables["history"], len(before.tables["history"])
    if len(history) == first:
        return after
    chain = history["chain"].copy()
    base = digest_of_history(before)
    chain[first:] = [link(base, line) for line in lines_of(history, range(first, len(history)))]
    return after.having(history=history.having(chain=chain))


def digest_of_history(ledger: Ledger) -> str:
    """The digest of the last run that wrote to History, if only in a year book; `""` if none has since lines are chained."""
    history = ledger.tables["history"]
    chains = history["chain"].tolist()
    last = next((at for at in range(len(chains) - 1, -1, -1) if chains[at]), None)
    return digest_of_run(history, history["run"][last]) if last is not None else cut_of(ledger).digest


def digest_of_run(history: Table, run: str) -> str:
    """The digest over all lines that this run wrote; their order does not matter. `""` if there are none."""
    return digest(history["chain"][positions_of_run(history, run)].tolist())


def digests_of_runs(history: Table) -> frozenset[str]:
    """The digest of each run that wrote to this History."""
    chains: dict[str, list[str]] = {}
    for run, chain in zip(history["run"].tolist(), history["chain"].tolist(), strict=True):
        if chain:
            chains.setdefault(run, []).append(chain)
    return frozenset(map(digest, chains.values()))


def positions_of_run(history: Table, run: str) -> Array:
    """The positions of this run's lines: mostly the last ones, but people may have sorted the tab."""
    found: Array = np.flatnonzero((history["run"] == run) & (history["chain"] != ""))
    return found


def digest(chains: Iterable[str]) -> str:
    """One digest over the chains of lines."""
    text = "\n".join(sorted(chain for chain in chains if chain))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_RUN] if text else ""


def link(base: str, line: Sequence[str]) -> str:
    """The chain of a line, bound to the digest of the run before."""
    text = "\x1f".join((base, *line))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LINE]


def lines_of(history: Table, positions: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The cells of these lines as they are chained. Blanks count as one space, since not every workbook keeps them all."""
    at = np.asarray(positions, dtype=np.int64)
    columns = [_texts(history[key][at]) for key in CHAINED]
    return zip(*columns, strict=True)


def _texts(values: Array) -> list[str]:
    if values.dtype.kind == "M":
        return values.astype("datetime64[s]").astype(str).tolist()  # type: ignore[no-any-return]
    return [" ".join(text.split()) for text in values.tolist()]
