"""check: everything that is easily got wrong, looked at before it matters. Reads only; nothing is written or claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import numpy as np

from automation.audience import Audience
from automation.confidentiality import Confidence, judge
from automation.installing import calendar_rows
from automation.job import Request
from automation.ledger import Array, Department, Ledger, LedgerError, Problem, Table
from automation.letters.desk import LANG, NO_SENDER, spoken
from automation.mail.mailer import MailServer
from automation.mail.message import Mail, is_address
from automation.mail.rendering import render
from automation.outbox import may_be_written_to
from automation.parsing import parse
from automation.showing import problem_line, redacted
from automation.steps.attention import attention
from automation.steps.validation import at_hand, derive, prepare
from automation.workbooks.base import Snapshot
from automation.working_out import local_time
from sheet_schema import TAB, Language
from sheet_schema.model import Place
from sheet_schema.vocabulary import NoticeState, Role, RuleState, Sending, Who

_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "time": "Time: {now} in {zone}.", "sending": "Sending: {state}.",
        "no_server": "Mail: no server is set (LEDGER_SMTP_HOST); mails are written to a folder.",
        "server": "Mail: {host}:{port} lets {user} in, over TLS with a certificate that holds.",
        "test_sent": "A test mail is on its way to {to}.", "test_failed": "The test mail to {to} was not taken: {error}",
        "not_an_address": "{to} is not a mail address.", "no_test": "For a test mail, set a mail server first.",
        "no_reply_to": "Settings: no Reply address; answers to mails would go to {sender}.",
        "department": "Departments, row {row}: {name} has no address that mail can go to, nor has its head.",
        "role": "People: nobody with the role {role} has an address that mail can go to.",
        "duty": "Duty: nobody is on duty on {days}.", "runs": "Runs: nothing ran on {days}.",
        "never": "Routing, row {row}: this rule has matched no case yet.",
        "good": "Nothing else to look at.", "found": "{n} things to look at:",
    },
    "zh": {
        "time": "时间：{now}（{zone}）。", "sending": "发送方式：{state}。",
        "no_server": "邮件：没有设置服务器（LEDGER_SMTP_HOST），邮件写入文件夹。",
        "server": "邮件：{host}:{port} 允许 {user} 登录，TLS 证书有效。",
        "test_sent": "测试邮件已发往 {to}。", "test_failed": "发往 {to} 的测试邮件未被接收：{error}",
        "not_an_address": "{to} 不是邮箱地址。", "no_test": "请先设置邮件服务器，再发测试邮件。",
        "no_reply_to": "“设置”：没有回信地址，回信将发往 {sender}。",
        "department": "“部门”第 {row} 行：{name} 及其负责人都没有可用邮箱。",
        "role": "“人员”：没有任何{role}有可用邮箱。",
        "duty": "“值班”：{days} 无人值班。", "runs": "“运行”：{days} 没有运行。",
        "never": "“分办规则”第 {row} 行：尚未匹配过任何件。",
        "good": "其他没有需要处理的。", "found": "{n} 处需要查看：",
    },
}  # fmt: skip
ENOUGH_CASES = 60
"""Lines in the Index before a rule that never matched is worth a word; the pad alone is thirty."""
ALWAYS_ASKED = (Role.OFFICE, Role.ADMINISTRATOR, Role.DUTY, Role.LEADER, Role.PRINCIPAL)
"""Roles that some mail goes to whatever the tabs say."""


@dataclass(frozen=True)
class Checked:
    """What `check` has to say: how things are, and what a person should look at. `zone` is the office's time zone."""

    facts: tuple[str, ...]
    findings: tuple[str, ...]
    language: Language
    zone: tzinfo

    def lines(self) -> list[str]:
        texts = _TEXTS[self.language]
        said = texts["found"].format(n=len(self.findings)) if self.findings else texts["good"]
        return [*self.facts, said, *(f"  {finding}" for finding in self.findings)]

    def and_also(self, facts: tuple[str, ...], findings: tuple[str, ...]) -> Checked:
        """With what there is to say of this kind of workbook."""
        return replace(self, facts=(*self.facts, *facts), findings=(*self.findings, *findings))


def checked(snapshot: Snapshot, request: Request, mail_to: str = "") -> Checked:
    """Look at everything. With `mail_to` a test mail is sent there; nothing else leaves the house."""
    ledger = parse(snapshot)
    now = local_time(request.now, ledger.policy.settings.zone)
    texts = _TEXTS[ledger.language]
    settings = ledger.policy.settings
    facts = [
        texts["time"].format(now=now.isoformat(" ", "minutes"), zone=settings["time_zone"]),
        texts["sending"].format(state=Sending.of(settings["sending"]).label(ledger.language)),
    ]
    mail_facts, mail_findings = _mail(ledger, request, now, mail_to)
    return Checked(
        (*facts, *mail_facts), (*mail_findings, *_tabs(ledger, now), *_years(ledger, now)),
        ledger.language, settings.zone,
    )  # fmt: skip


def _mail(ledger: Ledger, request: Request, now: datetime, mail_to: str) -> tuple[list[str], list[str]]:
    texts = _TEXTS[ledger.language]
    findings = list(_nobody_to_write_to(ledger, now))
    if not ledger.policy.settings["reply_to"]:
        findings.append(
            texts["no_reply_to"].format(sender=request.server.user if request.server else NO_SENDER)
        )
    if request.server is None:
        return [texts["no_server"]], [*findings, *([texts["no_test"]] if mail_to else [])]
    from automation.mail.server import ServerMailer

    server, mailer = request.server, ServerMailer(request.server)
    try:
        mailer.open()
        facts = [texts["server"].format(host=server.host, port=server.port, user=server.user)]
        if mail_to and not is_address(mail_to):
            findings.append(texts["not_an_address"].format(to=mail_to))
        elif mail_to:
            handed = mailer.deliver(_test_mail(ledger, server, request, now, mail_to))
            sent = handed.state is NoticeState.SENT
            facts += [texts["test_sent"].format(to=mail_to)] if sent else []
            findings += [] if sent else [texts["test_failed"].format(to=mail_to, error=handed.error)]
    except LedgerError as error:
        return [], [*findings, error.in_language(ledger.language)]
    finally:
        mailer.close()
    return facts, findings


def _test_mail(ledger: Ledger, server: MailServer, request: Request, now: datetime, to: str) -> Mail:
    settings = ledger.policy.settings
    context = {
        "lang": LANG[ledger.language], "title": "", "school": settings["school_name"], "trial": "", "trial_mark": "", "why": "",
        "greeting": settings["mail_greeting"].replace("{name}", to), "closing": settings["mail_closing"],
        "workbook": request.workbook, "day": spoken(now.date(), now.date(), ledger.language), "time": now.strftime("%H:%M"),
    }  # fmt: skip
    mark = request.clock.strftime("test%Y%m%d%H%M%S%f")
    sender = server.user if "@" in server.user else settings["reply_to"] or NO_SENDER
    rendered = render("test", ledger.language, context)
    return Mail(
        mark, "test", to, to, rendered, sender, settings["school_name"], request.clock, settings["reply_to"]
    )


def _nobody_to_write_to(ledger: Ledger, now: datetime) -> Iterator[str]:
    """Departments and roles that mail goes to, and that no mail can reach."""
    texts, policy = _TEXTS[ledger.language], ledger.policy
    audience = Audience(policy, ledger.register, _nothing_known(ledger.register), now.date())
    for department in policy.departments:
        if not _reachable(ledger, audience, department):
            yield texts["department"].format(row=department.row, name=department.name)
    by_rules = {slot for rung in policy.ladder for slot in rung.to} - {Who.HANDLER.key, Who.HEAD.key}
    wanted = by_rules | {role.key for role in ALWAYS_ASKED} - ({Role.DUTY.key} if policy.duty else set())
    for role in Role:
        if role.key in wanted and not any(
            may_be_written_to(ledger, one) for one in audience.in_role(role.key)
        ):
            yield texts["role"].format(role=role.label(ledger.language))


def _reachable(ledger: Ledger, audience: Audience, department: Department) -> bool:
    return any(may_be_written_to(ledger, one) for one in audience.of_department(department))


def _nothing_known(register: Table) -> Confidence:
    return Confidence(np.zeros(len(register), dtype=bool))


def _tabs(ledger: Ledger, now: datetime) -> Iterator[str]:
    """Tabs and columns that are missing, problems of the administrators' tabs, rules that never matched, gaps in duty and runs."""
    texts = _TEXTS[ledger.language]
    prepared = prepare(ledger, now)
    whole = derive(prepared.ledger, now).ledger
    for problem in redacted([*_of_tabs(whole), *(p for p in prepared.problems if p.stops)], whole):
        yield problem_line(problem, ledger.language)
    found = attention(at_hand(whole, now), _everything)
    for key, days in (("runs", found.missed_runs), ("duty", found.no_duty)):
        if days:
            yield texts[key].format(days=", ".join(day.isoformat() for day in days))
    if whole.index["first_seen"].size < ENOUGH_CASES or judge(whole).restricted.any():
        return  # whether a rule ever matched tells of restricted cases too
    for rule in whole.policy.rules:
        if rule.state == RuleState.YES and not _has_matched(whole, rule.row):
            yield texts["never"].format(row=rule.row)


def _of_tabs(ledger: Ledger) -> Iterator[Problem]:
    """What stops every run, and what is wrong where administrators type; the rest stands beside the rows."""
    return (one for one in ledger.problems if one.stops or TAB[one.tab].place is Place.ADMINISTRATOR)


def _has_matched(ledger: Ledger, row: int) -> bool:
    routing = ledger.tables["routing"]
    said = str(routing["matches"][routing.rows == row][0])
    return any(letter.isdigit() for letter in said)


def _everything(_: Table, __: Confidence, real: Array) -> Array:
    return real


def _years(ledger: Ledger, now: datetime) -> list[str]:
    """Years the Calendar has no official days for yet."""
    settings = ledger.policy.settings
    _, warning = calendar_rows((settings["country"], settings["subdivision"]), ledger.language, now)
    return warning
