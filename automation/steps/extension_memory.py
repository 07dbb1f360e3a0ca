"""Writes into Index what is to be remembered of each extension (docs/design.md#p3.9)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from automation.cases.cases import Cases
from automation.cases.cell_prints import prints
from automation.cases.extensions import (
    AS_THINGS_STAND,
    BETWEEN,
    BY,
    EXTENDABLE,
    INCOMPLETE,
    REFUSED,
    WHOLE_ON,
    WITHDRAWN,
)
from automation.ledger.office_time import today
from automation.ledger.table import Array


def remember_extensions(cases: Cases, index: Mapping[str, Array]) -> None:
    """Write the extensions of the cases into these columns of Index. One that was withdrawn is kept, so that the same day
    typed again brings it back."""
    lines, extensions = cases.register_lines, cases.extensions
    withdrawn = cases.register.read["extended_to"] == ""
    at = np.where(lines.cases, lines.index_at, -1)
    approvers = prints(cases.register, "extension_by")
    before = np.zeros(len(at), dtype=bool)
    before[at >= 0] = ~np.isnat(index["extended_to"][at[at >= 0]])
    for i in np.flatnonzero((at >= 0) & (before | ~np.isnat(extensions.to))).tolist():
        if not np.isnat(extensions.to[i]):
            index["extended_to"][at[i]] = extensions.to[i]
            index["extension_seen"][at[i]] = extensions.seen_on[i]
            index["extension_counts"][at[i]] = _verdict(cases, i, approvers[i])
        elif withdrawn[i]:
            words = [word for word in index["extension_counts"][at[i]].split(BETWEEN) if word not in ("", WITHDRAWN)]
            index["extension_counts"][at[i]] = BETWEEN.join((*words, WITHDRAWN))


def _verdict(cases: Cases, i: int, approver: str) -> str:
    """The steps for which an extension counts: for good if this is the day on which it was first whole, or it was so settled.
    Then also when that was, if not at once, and who approved it."""
    extensions, day = cases.extensions, today(cases.now)
    judged_now = extensions.whole_on[i] == day
    for_good = judged_now or extensions.of_old[i]
    words = [
        step.key if for_good or extensions.settled[step][i] else step.key + AS_THINGS_STAND
        for step in EXTENDABLE
        if cases.clocks[step].fits[i]
    ]
    if np.isnat(extensions.whole_on[i]):
        return INCOMPLETE
    later = [f"{WHOLE_ON}{extensions.whole_on[i]}"] if extensions.whole_on[i] > extensions.seen_on[i] else []
    by = approver if judged_now else extensions.approver[i]
    return BETWEEN.join([*(words or [REFUSED]), *later, *([BY + by] if by else [])])
