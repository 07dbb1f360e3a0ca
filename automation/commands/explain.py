"""explain: tell one case's whole story, on the terminal or as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace

from automation.commands.console import one_object
from automation.commands.options import Session, moment
from automation.commands.output import as_spoken
from automation.reports.case.explain import explain, explained
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.opening import workbook_at


@dataclass(frozen=True)
class ExplainOptions:
    """The options of `explain`, as typed."""

    workbook: str
    case: str
    now: str | None = None
    as_json: bool = False


def explain_case(asked: ExplainOptions, session: Session) -> int:
    request = Request(JOBS["run"], moment(asked.now, session.real_time), session.real_time, dry_run=True)
    result = run(workbook_at(asked.workbook, session.real_time), request, session.tell)
    if asked.as_json:
        session.say(one_object(explained(result, asked.case)))
        return 0
    for line in explain(replace(result, after=as_spoken(result.after)), asked.case):
        session.say(line)
    return 0
