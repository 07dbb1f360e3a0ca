"""explain: one case's whole life, for the terminal or as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from automation.commands.options import moment
from automation.commands.progress import Say
from automation.reports.case.explain import explain, explained
from automation.run.job import JOBS, Request, Tell, silent
from automation.run.run import run
from automation.workbooks.opening import workbook_at


def explain_case(
    workbook: str, case: str, now: str | None, say: Say, tell: Tell = silent, *, as_one_object: bool = False
) -> int:
    clock = datetime.now(UTC)
    request = Request(JOBS["run"], moment(now, clock), clock, dry_run=True)
    result = run(workbook_at(workbook, clock), request, tell)
    if as_one_object:
        say(json.dumps(explained(result, case), ensure_ascii=False, indent=1))
        return 0
    for line in explain(result, case):
        say(line)
    return 0
