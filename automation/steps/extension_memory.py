"""Writes into Index what is to be remembered of each extension (docs/design.md#p3.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from automation.cases.cases import Cases
from automation.cases.cell_prints import prints
from automation.cases.extension_words import (
    AS_THINGS_STAND,
    BETWEEN,
    BY,
    INCOMPLETE,
    NO_NOTICE,
    NOTICE_FROM,
    REFUSED,
    WHOLE_ON,
    WITHDRAWN,
)
from automation.cases.extensions import EXTENDABLE
from automation.ledger.office_time import today
from automation.ledger.table import Array
from sheet_schema.vocabulary import Step


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
    """All that is to be remembered of an extension, in words. It counts for good if this is the day on which it was first
    whole, or if that was so settled."""
    extensions, day = cases.extensions, today(cases.now)
    if np.isnat(extensions.whole_on[i]):
        return INCOMPLETE
    judged_now = extensions.whole_on[i] == day
    for_good = judged_now or extensions.of_old[i]
    words = [
        step.key if for_good or extensions.settled[step][i] else step.key + AS_THINGS_STAND
        for step in EXTENDABLE
        if cases.clocks[step].fits[i]
    ] or [REFUSED]
    if extensions.whole_on[i] > extensions.seen_on[i]:
        words.append(f"{WHOLE_ON}{extensions.whole_on[i]}")
    by = approver if judged_now else extensions.approver[i]
    return BETWEEN.join([*words, *_notice(cases, i, judged_now=judged_now), *([BY + by] if by else [])])


def _notice(cases: Cases, i: int, *, judged_now: bool) -> Iterator[str]:
    """From when whoever asked is to be told of an extension, if not from the day on which it was judged: rows of Deadlines that
    were added later ask for it from then on."""
    extensions = cases.extensions
    asked = cases.clocks[Step.TELL_EXTENSION].rule[i] >= 0
    if not asked and (judged_now or extensions.unasked[i]):
        yield NO_NOTICE
    elif extensions.notice_from[i] > extensions.whole_on[i]:
        yield f"{NOTICE_FROM}{extensions.notice_from[i]}"
