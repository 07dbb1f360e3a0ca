"""explain CASE: by which rule it went where, and each of its deadlines written out as a sum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.clocks import Clock
from automation.confidentiality import ASK_THE_OFFICE, judge, judge_table, may_quote
from automation.ledger import Ledger, LedgerError
from automation.matching import Matcher
from automation.run import Result
from automation.standing import positions_of, tidy_number
from automation.steps.checks import Cases
from automation.steps.routing import choose
from automation.steps.validation import at_hand
from automation.sums import due_sum
from sheet_schema import Language
from sheet_schema.vocabulary import Light, RuleState, Status, Step, Word

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "due": "{step}: due {due} = {sum}", "done": "{step}: done on {day} (was due {due} = {sum})",
        "basis": "    Basis: {basis}", "row": "    Deadlines, row {row}",
        "rule": "Department: {department}, by routing row {row} (order {order})", "note": "    Note: {note}",
        "typed": "Department: {department}, typed by a person (routing would say: {other})",
        "none": "Department: none yet", "passed": "    Passed over because of a conflict of interest: row {row}",
        "problems": "To be mended: {text}", "flags": "Flags: {text}",
        "review": "The department and the rule of a restricted case are in the ledger.", "nobody": "nobody",
        "filed": "{number} was filed on {day}{archive_no}: row {row} of Filing.", "as": " as {archive_no}",
        "closed": "Closed on {day}.", "extension": "    The day stands because it was approved, reasoned and in time.",
    },
    "zh": {
        "due": "{step}：期限 {due} = {sum}", "done": "{step}：已于 {day} 完成（期限 {due} = {sum}）",
        "basis": "    依据：{basis}", "row": "    “时限”表第 {row} 行",
        "rule": "承办部门：{department}，依“分办规则”第 {row} 行（顺序 {order}）", "note": "    备注：{note}",
        "typed": "承办部门：{department}，由人工填写（按规则应为：{other}）",
        "none": "承办部门：尚未确定", "passed": "    因回避跳过：第 {row} 行",
        "problems": "待改正：{text}", "flags": "标志：{text}",
        "review": "保密件的承办部门和规则请查看账本。", "nobody": "无",
        "filed": "{number} 已于 {day} 归档{archive_no}，见“归档”表第 {row} 行。", "as": "，档号 {archive_no}",
        "closed": "{day} 办结。", "extension": "    已批准、有理由且未逾期提出，故按延期计算。",
    },
}  # fmt: skip
_DONE_BY = {
    Step.DECIDE: "decided_on", Step.NOTIFY: "notified_on", Step.REPLY: "replied_on", Step.LEGAL_LIMIT: "replied_on",
    Step.FEEDBACK: "fed_back_on", Step.REVIEW: "review_done_on",
}  # fmt: skip


def explain(result: Result, case_no: str) -> list[str]:
    """The case's story as lines of text; of a filed one where it is. Raises LedgerError when there is no such case.

    Of a restricted case it says number, step and date, and where to ask.
    """
    ledger = result.after
    number = tidy_number(case_no)
    position = int(positions_of(np.asarray([number], dtype=object), ledger.register["case_no"])[0])
    if position < 0:
        return _filed(ledger, number)
    if not may_quote(judge(ledger), position):
        return [_headline(ledger, position, restricted=True), _WORDS[ledger.language]["review"]]
    cases = at_hand(ledger, result.now)
    return [
        _headline(ledger, position, restricted=False),
        *_assignment(ledger, cases, position),
        *(line for step, clock in cases.clocks.items() for line in _clock(ledger, step, clock, position)),
        *_closing(ledger, position),
    ]


def _headline(ledger: Ledger, position: int, *, restricted: bool) -> str:
    register, language = ledger.register, ledger.language
    step = _label(Step, register["step"][position], language)
    due = register["due_on"][position]
    when = "" if np.isnat(due) else f" {due}"
    if restricted:
        told = (register["case_no"][position], f"{step}{when}", ASK_THE_OFFICE[language])
        return "  ".join(part for part in told if part.strip())
    status = _label(Status, register["status"][position], language)
    light = _label(Light, register["light"][position], language)
    return "  ".join(
        part for part in (register["case_no"][position], status, f"{step}{when}", light) if part.strip()
    )


def _label(words: type[Word], key: str, language: Language) -> str:
    return words.of(key).label(language) if key else ""


def _assignment(ledger: Ledger, cases: Cases, position: int) -> Iterator[str]:
    texts, register = _WORDS[ledger.language], ledger.register
    matcher = Matcher(register)
    matching = [
        rule
        for rule in ledger.policy.rules
        if rule.state == RuleState.YES and matcher.matches(rule)[position]
    ]
    chosen = choose(ledger.policy, matching, cases.confidence, position)
    department = register["department"][position]
    if not department:
        yield texts["none"]
    elif chosen.rule is not None and chosen.department == department:
        yield texts["rule"].format(department=department, row=chosen.rule.row, order=f"{chosen.rule.order:g}")
        if chosen.rule.note:
            yield texts["note"].format(note=chosen.rule.note)
    else:
        yield texts["typed"].format(department=department, other=chosen.department or texts["nobody"])
    for rule in chosen.passed_over:
        yield texts["passed"].format(row=rule.row)


def _clock(ledger: Ledger, step: Step, clock: Clock, position: int) -> Iterator[str]:
    """One deadline as a sum: "Reply: due 2026-03-17 = Received 2026-03-02 + 15 days", and the rule quoted."""
    due = clock.due[position]
    if np.isnat(due):
        return
    texts, language = _WORDS[ledger.language], ledger.language
    rule = ledger.policy.deadlines[clock.rule[position]] if clock.rule[position] >= 0 else None
    written = due_sum(ledger, clock, position)
    done = ledger.register[_DONE_BY[step]][position] if step in _DONE_BY else np.datetime64("NaT")
    said = texts["due"] if np.isnat(done) else texts["done"]
    yield said.format(step=step.label(language), due=due, sum=written, day=done)
    if clock.extended[position]:
        yield texts["extension"]
    if rule is not None:
        yield texts["basis"].format(basis=rule.basis) if rule.basis else texts["row"].format(row=rule.row)


def _closing(ledger: Ledger, position: int) -> Iterator[str]:
    register, texts = ledger.register, _WORDS[ledger.language]
    if not np.isnat(register["closed_on"][position]):
        yield texts["closed"].format(day=register["closed_on"][position])
    for key in ("problems", "flags"):
        if register[key][position]:
            yield texts[key].format(text=register[key][position])


def _filed(ledger: Ledger, number: str) -> list[str]:
    """Where a filed case is; of a restricted one no archive number, which has its kind in it."""
    filing, words = ledger.filing, _WORDS[ledger.language]
    at = int(positions_of(np.asarray([number], dtype=object), filing["case_no"])[0])
    if at < 0:
        raise LedgerError(f"There is no case {number} in the Register.", f"登记表中没有编号 {number}。")
    quoted = may_quote(judge_table(filing, ledger.policy), at) and filing["archive_no"][at]
    archive_no = words["as"].format(archive_no=filing["archive_no"][at]) if quoted else ""
    return [
        words["filed"].format(
            number=number, day=filing["filed_on"][at], archive_no=archive_no, row=filing.rows[at]
        )
    ]
