"""The check that the authority above was told of an important or group matter (docs/design.md#p18.2)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.cases.cases import Cases
from automation.cases.duty_to_report import report_late_since, reports_owed
from automation.steps.findings import WARNING, Finding
from automation.text.dates import moment_name
from sheet_schema.settings import REPORT_WITHIN


def superiors_are_told(cases: Cases) -> Iterable[Finding]:
    """An important or group matter was not reported to the authority above, or nobody has entered that it was."""
    owed, policy, language = np.flatnonzero(reports_owed(cases)), cases.ledger.policy, cases.ledger.language
    late = {i: due for i in owed.tolist() if (due := report_late_since(cases, i)) is not None}
    in_time = np.array([i for i in owed.tolist() if i not in late], dtype=np.int64)
    minutes = {"value": policy.settings.whole(REPORT_WITHIN)}
    yield Finding("report_owed", "reported_on", in_time, minutes, warning=WARNING)
    for i, due in late.items():
        yield Finding("report_late", "reported_on", np.array([i]), {"value": moment_name(due, language)})
