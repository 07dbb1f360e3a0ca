"""The extension of each case: judged when a run first sees it, and remembered from then on (docs/design.md#p3.9).

Index keeps the new day, the day on which a run first saw it, and in words for which steps it was found to count
(`extension_words`), so that a slip and its correction end where they began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from automation.cases.approval import approved
from automation.cases.extension_words import (
    AS_THINGS_STAND,
    BY,
    NO_NOTICE,
    REFUSED,
    WITHDRAWN,
    is_said,
    notice_from,
    said_behind,
    whole_on,
)
from automation.ledger.model import Ledger
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Step

EXTENDABLE = (Step.REPLY, Step.LEGAL_LIMIT)


@dataclass(frozen=True)
class Extensions:
    """What is known of the extension of each case. Each array has one entry for each line.

    `to` is the new due date, NaT if there is none, and `seen_on` the day on which a run first saw it; `whole_on` the day on
    which a run first saw it approved and with a reason (NaT: not yet), when it was judged. From `notice_from` on whoever
    asked is to be told of it: the same day, but where `unasked`, as Deadlines then had no row for that. `settled` masks by
    step the cases where it counted then, and so still does; `proper` those where all its cells are right, so that it may
    count; `of_old` those where an earlier version found that it counts, and did not say for which step. `approver` is what
    Index remembers of who approved it then.
    """

    to: Array
    seen_on: Array
    whole_on: Array
    notice_from: Array
    unasked: Array
    settled: Mapping[Step, Array]
    proper: Array
    of_old: Array
    approver: Array

    def fit(self, step: Step, due: Array, latest: Array) -> Array:
        """Mask the cases where the extension counts for this step, due on this day and to be extended to `latest` at most."""
        if step not in EXTENDABLE:
            return np.zeros(len(due), dtype=bool)
        within = (self.seen_on < due) & (self.to > due) & ((self.to <= latest) | self.of_old)
        fits: Array = self.settled[step] | ((self.proper | self.of_old) & within)
        return fits

    @property
    def stands(self) -> Array:
        """Mask the cases where it was settled that the extension counts for one step at least."""
        mask: Array = np.logical_or.reduce([*self.settled.values(), self.of_old])
        return mask


def extensions_in_register(ledger: Ledger, index_at: Array, day: np.datetime64) -> Extensions:
    """The extension of each case of the Register: the first that was found to count, else the one typed now.

    A slip can be corrected on the day on which it was first seen. An empty Extended to withdraws the extension; the same
    day typed again brings it back. A new day is remembered whatever stands beside it: who approved it may be put right later.
    """
    register = ledger.register
    first, seen, said = _remembered(ledger.index, index_at)
    typed, blank = register["extended_to"], register.read["extended_to"] == ""
    proper = complete(register) & approved(register, ledger.policy)
    same = ~np.isnat(first) & (typed == first)
    whole = whole_on(seen, said)
    judged = ~np.isnat(whole) & (whole != day)
    keeps = ~np.isnat(first) & judged & ~is_said(said, REFUSED) & ~is_said(said, WITHDRAWN)
    first_stands = ~blank & (same | keeps)
    old = first_stands & (said == "")
    settled = {step: first_stands & judged & is_said(said, step.key) for step in EXTENDABLE}
    counted_from = np.where(first_stands & (judged | old), whole, np.where(proper, day, NO_DAY))
    unasked = first_stands & (judged | old) & (is_said(said, NO_NOTICE) | old)
    return Extensions(
        to=np.where(first_stands, first, typed),
        seen_on=np.where(first_stands, seen, day),
        whole_on=counted_from,
        notice_from=np.where(unasked, day, notice_from(np.where(first_stands, said, ""), counted_from)),
        unasked=unasked,
        settled=settled,
        proper=proper,
        of_old=old,
        approver=said_behind(said, BY),
    )


def extensions_in_filing(filing: Table, index: Table, index_at: Array) -> Extensions:
    """The extension of each filed case, as it was judged while the case was open."""
    first, seen, said = _remembered(index, index_at)
    stands = (filing.read["extended_to"] != "") & ~is_said(said, WITHDRAWN)
    settled = {
        step: stands & (is_said(said, step.key) | is_said(said, step.key + AS_THINGS_STAND)) for step in EXTENDABLE
    }
    whole = whole_on(seen, said)
    return Extensions(
        to=np.where(stands, first, NO_DAY),
        seen_on=seen,
        whole_on=whole,
        notice_from=np.where(is_said(said, NO_NOTICE) | (said == ""), NO_DAY, notice_from(said, whole)),
        unasked=np.zeros(len(first), dtype=bool),
        settled=settled,
        proper=np.zeros(len(first), dtype=bool),
        of_old=stands & ~np.isnat(first) & (said == ""),
        approver=said_behind(said, BY),
    )


def _remembered(index: Table, at: Array) -> tuple[Array, Array, Array]:
    first, seen = np.full(len(at), NO_DAY), np.full(len(at), NO_DAY)
    said = np.full(len(at), "", dtype=object)
    known = at >= 0
    for array, key in ((first, "extended_to"), (seen, "extension_seen"), (said, "extension_counts")):
        array[known] = index[key][at[known]]
    return first, seen, said


def complete(register: Table) -> Array:
    """Mask the cases where somebody approved the extension, for a reason."""
    mask: Array = (register["extension_by"] != "") & (register["extension_reason"] != "")
    return mask
