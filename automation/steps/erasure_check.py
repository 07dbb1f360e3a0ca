"""verify: whether each certificate of an erasure is as it was written, the erasure is finished, and what was erased stays away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.certificates import Certificate, certificates, digests_in_history
from automation.ledger.model import Ledger, Problem
from automation.ledger.year_books import cut_of
from sheet_schema import ERASURES, FILING, REGISTER

_WRITTEN_INSTEAD = frozenset({"petitioner", "summary"})
"""Columns in which something stands in place of what was erased, or in which a name within a text was."""


def erasures_in_doubt(ledger: Ledger) -> Iterator[Problem]:
    """What is wrong with the certificates of this ledger; nothing where none was ever written."""
    found = certificates(ledger)
    if not found:
        return
    kept, closed = digests_in_history(ledger), cut_of(ledger).year
    for one in found:
        in_a_book = one.number not in kept and one.at[:4].isdecimal() and int(one.at[:4]) <= closed
        if not in_a_book and kept.get(one.number) != one.digest:
            yield _problem(one, "erasure_changed")
        if not one.is_done:
            yield _problem(one, "erasure_unfinished")
        elif _is_back(ledger, one):
            yield _problem(one, "erased_back")


def _is_back(ledger: Ledger, certificate: Certificate) -> bool:
    """Whether something stands again in a cell of the case that was blanked as a whole."""
    if certificate.what != "case":
        return _stands(ledger, certificate, certificate.columns & {"contact"})
    return _stands(ledger, certificate, certificate.columns - _WRITTEN_INSTEAD)


def _stands(ledger: Ledger, certificate: Certificate, keys: frozenset[str]) -> bool:
    for tab in (REGISTER, FILING):
        table = ledger.tables[tab.key]
        for at in np.flatnonzero(table["case_no"] == certificate.case_no).tolist():
            if any(key in table.read and table.read[key][at] != "" for key in keys if key != "seal"):
                return True
    return False


def _problem(one: Certificate, code: str) -> Problem:
    said = messages.problem(code, value=one.case_no, other=one.number)
    return Problem(ERASURES.key, None, "number", code, said, case_no=one.case_no)
