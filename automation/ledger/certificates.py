"""The certificates of what was erased: each explains what is no longer there, and which lines of History lost their text.

A line's chain covers its text (`ledger.history_chain`), but the lines after it are bound to that chain alone. So an erased line keeps its
chain, and its certificate has a second checksum, over the line as it is now. The certificate's own digest stands in a line of History, which
is chained like any other: nobody can call a line erased afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from automation.ledger.history_chain import link
from automation.ledger.model import Ledger
from automation.text.catalogue import msg
from sheet_schema import ERASURES
from sheet_schema.erasures import ErasureState

CERTIFICATE = msg("certificate {number} ({digest})")
_DIGEST = 16
_NAMED = re.compile(rf"(\d+)\D*\b([0-9a-f]{{{_DIGEST}}})\b")


class Certificate(NamedTuple):
    """One erasure. `lines` has, for each erased line of History, its chain and the checksum of what is left of it."""

    number: int
    at: str
    case_no: str
    what: str
    by: str
    reason: str
    state: str
    columns: frozenset[str]
    lines: Mapping[str, str]

    @property
    def is_done(self) -> bool:
        return self.state == ErasureState.DONE

    @property
    def digest(self) -> str:
        """One over all that the certificate says and must not change any more."""
        lines = sorted(f"{chain}:{left}" for chain, left in self.lines.items())
        said = [
            str(self.number),
            self.at,
            self.case_no,
            self.what,
            *(" ".join(one.split()) for one in (self.by, self.reason)),
        ]
        text = "\x1f".join((*said, *sorted(self.columns), *lines))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


def certificates(ledger: Ledger) -> list[Certificate]:
    """Every certificate of the ledger, in the order of its rows; none where nothing was ever erased."""
    table = ledger.tables[ERASURES.key]
    found = []
    for at in range(len(table)):
        if np.isnan(table["number"][at]):
            continue
        texts = {key: str(table[key][at]) for key in ("case_no", "what", "by", "reason", "state", "columns", "lines")}
        found.append(
            Certificate(
                number=int(table["number"][at]),
                at=moment_text(table["at"][at]),
                case_no=texts["case_no"],
                what=texts["what"],
                by=texts["by"],
                reason=texts["reason"],
                state=texts["state"],
                columns=frozenset(texts["columns"].split()),
                lines=dict(one.split(":", 1) for one in texts["lines"].split() if ":" in one),
            )
        )
    return found


def moment_text(moment: np.datetime64) -> str:
    return "" if np.isnat(moment) else str(moment.astype("datetime64[s]"))


def lines_text(lines: Mapping[str, str]) -> str:
    return " ".join(f"{chain}:{left}" for chain, left in sorted(lines.items()))


def erased_lines(ledger: Ledger) -> dict[str, set[str]]:
    """Of each erased line of History its chain, and the checksums that what is left of it may have."""
    found: dict[str, set[str]] = {}
    for one in certificates(ledger):
        for chain, left in one.lines.items():
            found.setdefault(chain, set()).add(left)
    return found


def left_of(chain: str, line: Iterable[str]) -> str:
    """The checksum of what is left of an erased line, bound to its chain."""
    return link(chain, [*line])


def digests_in_history(ledger: Ledger) -> dict[int, str]:
    """The digest of each certificate as the last line of History about it has it, in whatever language."""
    history = ledger.tables["history"]
    found = {}
    for case, text, chain in zip(
        history["case_no"].tolist(), history["after"].tolist(), history["chain"].tolist(), strict=True
    ):
        named = _NAMED.search(text) if case and chain and len(text) < 80 else None
        if named:
            found[int(named[1])] = named[2]
    return found


def of_case(ledger: Ledger) -> dict[str, list[Certificate]]:
    """The certificates by the case they are about."""
    found: dict[str, list[Certificate]] = {}
    for one in certificates(ledger):
        found.setdefault(one.case_no, []).append(one)
    return found
