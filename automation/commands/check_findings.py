"""What `check` looks at: mail, addresses, tabs, rules, calendar, duty and runs. Nothing is written, and no mail is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence
from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients, may_be_written_to
from automation.commands.check_chats import chats_found
from automation.commands.check_leaders import nobody_left, tried_lines, tried_now, unknown_readers
from automation.commands.check_mailboxes import shared_mailboxes
from automation.commands.check_server import try_server
from automation.commands.install_calendar import settled_years, years_warning
from automation.commands.output import problem_line, redacted
from automation.ledger.addresses import addresses_in
from automation.ledger.model import Ledger
from automation.ledger.normal_form import is_address
from automation.ledger.people import Department
from automation.ledger.rule_successions import GAPS
from automation.ledger.workbook import Snapshot
from automation.mail.letters.context import NO_SENDER
from automation.pages.newer_words import newer_words, newer_words_line
from automation.run.job import Request
from automation.steps.cases_now import cases_now
from automation.steps.digests import everything
from automation.steps.known_to import Visible
from automation.steps.needs_attention import attention
from automation.steps.rule_health import RuleHealth, rule_health
from automation.text.catalogue import Message, Row, Sentences, counted, msg
from automation.text.extras import how_to_install
from automation.workbooks.laid_out import NOTHING_FOUND, Found, LaidOut, Viewpoint
from sheet_schema import SETTING, TAB, Language
from sheet_schema.model import Place
from sheet_schema.settings import REPORT_WITHIN
from sheet_schema.vocabulary import Role, Sending, Who, YesNo

_TEXTS: Mapping[str, Message] = {
    "time": msg("Time: {now} in {zone}."),
    "sending": msg("Sending: {state}."),
    "no_server": msg("Mail: no server is set (LEDGER_SMTP_HOST); mails are written to a folder."),
    "no_reply_to": msg("Settings: no Reply address; answers to mails would go to {sender}."),
    "department": msg("Departments, row {row}: {name} has no address that mail can go to, nor has its head."),
    "headless_department": msg("Departments, row {row}: {name} has no address that mail can go to, and no head."),
    "role": msg("People: nobody with the role {role} has an address that mail can go to."),
    "superior": msg(
        "People: nobody with the role {role} has a telephone number, and important matters are to be reported there within {n} minutes."
    ),
    "not_allowed": msg("Settings: Allowed mail domains is {domains}, so no mail goes to {addresses}."),
    "duty": msg("Duty: nobody is on duty on {days}."),
    "runs": msg("Runs: nothing ran on {days}."),
    "unused": msg(
        "Routing, row {row}: no case of the last year went by this rule (restricted cases are not looked at)."
    ),
    "overlap": counted(
        "Routing, rows {first} and {second}: 1 case of the last year fits both. It goes to {here} because row {first} comes first;"
        " row {second} leads to {there}.",
        "Routing, rows {first} and {second}: {n} cases of the last year fit both. They go to {here} because row {first} comes first;"
        " row {second} leads to {there}.",
    ),
    "idle_department": msg(
        "Departments, row {row}: no rule leads to {name}, and it was given no case in the last year."
    ),
    "idle_handler": msg("People, row {row}: {name} is a handler and was given no case in the last year."),
    "no_calendars": msg(
        "Settings: digests bring no calendar along, since nothing is installed that makes one; type {command}"
    ),
    "open_pages": msg(
        "Settings: {setting} begins with http://, so that whoever is on the way learns the secret names of the pages; use https://."
    ),
    "good": msg("Nothing else to look at."),
    "found": counted("1 thing to look at:", "{n} things to look at:"),
    "hints": msg("This may be intended (restricted cases are not looked at):"),
}
ALWAYS_ASKED = (Role.OFFICE, Role.ADMINISTRATOR, Role.DUTY, Role.LEADER, Role.PRINCIPAL)
"""Roles that get some mail whatever the tabs say."""
LONGEST_LIST = 5
"""Of more addresses than these the first are named."""


@dataclass(frozen=True)
class Findings:
    """What `check` says: the state of things, what a person should look at, and `hints` that may be intended."""

    facts: tuple[str, ...]
    findings: tuple[str, ...]
    language: Language
    hints: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    """Where cases about principals, leaders and heads would go."""

    @property
    def summary(self) -> str:
        """The sentence that says how many things there are to look at."""
        texts, n = Sentences(_TEXTS, self.language), len(self.findings)
        return texts.say("found", n=n) if n else texts["good"]

    @property
    def perhaps(self) -> str:
        """The line above the hints."""
        return Sentences(_TEXTS, self.language)["hints"]

    def lines(self) -> list[str]:
        hints = [self.perhaps, *(f"  {hint}" for hint in self.hints)] if self.hints else []
        return [*self.facts, self.summary, *(f"  {finding}" for finding in self.findings), *hints, *self.tried]


@dataclass(frozen=True)
class FindingsReader:
    """Who reads the findings: the cases that they may know of, and their language if it is not the ledger's."""

    visible: Visible = everything
    language: Language | None = None


OFFICE = FindingsReader()
"""Whoever may know of every case, in the ledger's language."""


def findings_in(
    workbook: LaidOut,
    snapshot: Snapshot,
    request: Request,
    reader: FindingsReader = OFFICE,
    test_mail: Found = NOTHING_FOUND,
) -> Findings:
    """Look at everything in the ledger, and at what only this kind of workbook has. It writes and sends nothing.

    `test_mail` is what became of a test mail, which is told after the mail
    server's state.
    """
    cases = cases_now(snapshot, request.now)
    cases = replace(cases, ledger=replace(cases.ledger, language=reader.language or cases.ledger.language))
    ledger, now, settings = cases.ledger, cases.now, cases.ledger.policy.settings
    texts = Sentences(_TEXTS, ledger.language)
    facts = [
        texts.say("time", now=now.isoformat(" ", "minutes"), zone=settings["time_zone"]),
        texts.say("sending", state=Sending.of(settings["sending"]).label(ledger.language)),
    ]
    mail, health = _mail(ledger, request, now), rule_health(cases, reader.visible)
    chats = chats_found(ledger, request.chats)
    tried = tried_now(cases)
    left = nobody_left(tried, ledger.language)
    of_ledger = (
        *_tabs(cases, reader.visible),
        *shared_mailboxes(ledger, now.date()),
        *left,
        *_unused(health, texts),
        *_years(ledger, now),
        *_calendars(ledger),
        *_status_pages(ledger),
    )
    more = _on_the_network(workbook, snapshot, Viewpoint(ledger.language, settings.zone, request.real_time))
    return Findings(
        (
            *facts,
            *mail.facts,
            *chats.facts,
            *test_mail.facts,
            *more.facts,
            *newer_words_line(newer_words(snapshot, ledger.language), ledger.language),
        ),
        (*mail.findings, *chats.findings, *test_mail.findings, *of_ledger, *more.findings),
        ledger.language,
        (*_hints(health, texts), *_without_a_rule(ledger), *unknown_readers(cases)),
        tuple(tried_lines(tried, ledger.language)),
    )


def _on_the_network(workbook: LaidOut, snapshot: Snapshot, viewpoint: Viewpoint) -> Found:
    return NOTHING_FOUND if workbook.online is None else workbook.online.look_over(snapshot, viewpoint)


def _mail(ledger: Ledger, request: Request, now: datetime) -> Found:
    """Who cannot be written to, and whether the mail server lets the program in."""
    texts = Sentences(_TEXTS, ledger.language)
    findings = [*departments_without_address(ledger, now), *_roles_without_address(ledger, now)]
    if not ledger.policy.settings["reply_to"]:
        findings.append(texts.say("no_reply_to", sender=request.server.user if request.server else NO_SENDER))
    if request.server is None:
        return Found((texts["no_server"],), tuple(findings))
    tried = try_server(request.server, ledger.language)
    return Found(tried.facts, (*findings, *tried.findings))


def departments_without_address(ledger: Ledger, now: datetime) -> Iterator[str]:
    """A sentence for each department that no mail reaches: it has no usable address, and no head who has one."""
    texts, recipients = Sentences(_TEXTS, ledger.language), _of_no_case(ledger, now)
    for department in ledger.policy.departments:
        if not _reachable(ledger, recipients, department):
            key = "department" if department.head else "headless_department"
            yield texts.say(key, row=department.row, name=department.name)


def _of_no_case(ledger: Ledger, now: datetime) -> Recipients:
    """Who holds which role, whatever the case."""
    return Recipients(ledger.policy, ledger.register, Confidence.of_nobody(len(ledger.register)), now.date())


def _roles_without_address(ledger: Ledger, now: datetime) -> Iterator[str]:
    """A sentence for each role that should get mail and in which nobody has a usable address."""
    texts, policy, recipients = Sentences(_TEXTS, ledger.language), ledger.policy, _of_no_case(ledger, now)
    by_rules = {slot for rung in policy.ladder for slot in rung.to} - {Who.HANDLER.key, Who.HEAD.key}
    wanted = by_rules | {role.key for role in ALWAYS_ASKED} - ({Role.DUTY.key} if policy.duty else set())
    for role in Role:
        if role.key in wanted and not any(may_be_written_to(policy, one) for one in recipients.in_role(role.key)):
            yield texts.say("role", role=role.label(ledger.language))
    yield from _outside_the_domains(ledger)
    within = policy.settings.whole(REPORT_WITHIN)
    if within and not any(one.phone for one in policy.people if Role.SUPERIOR in one.roles):
        yield texts.say("superior", role=Role.SUPERIOR.label(ledger.language), n=within)


def _outside_the_domains(ledger: Ledger) -> Iterator[str]:
    """The addresses that get nothing because of the allowed domains."""
    policy = ledger.policy
    cells = [*(person.email for person in policy.people), *(department.email for department in policy.departments)]
    typed = [address for cell in cells for address in addresses_in(cell)]
    outside = [
        one for one in dict.fromkeys(typed) if is_address(one) and not may_be_written_to(policy, Recipient("", one))
    ]
    if outside:
        shown = Row([*outside[:LONGEST_LIST], *(["…"] if len(outside) > LONGEST_LIST else [])])
        domains = " ".join(policy.settings["allowed_domains"].split())
        yield Sentences(_TEXTS, ledger.language).say("not_allowed", domains=domains, addresses=shown)


def _reachable(ledger: Ledger, recipients: Recipients, department: Department) -> bool:
    return any(may_be_written_to(ledger.policy, one) for one in recipients.of_department(department))


def _tabs(cases: Cases, visible: Visible) -> Iterator[str]:
    """Tabs and columns that are missing, problems of the administrators' tabs, gaps in duty and runs."""
    ledger, texts = cases.ledger, Sentences(_TEXTS, cases.ledger.language)
    found = attention(cases, visible)
    # All other problems are shown beside their rows.
    of_tabs = [one for one in found.rules if not one.stops and TAB[one.tab].place is Place.ADMINISTRATOR]
    of_tabs = [*(one for one in ledger.problems if one.stops), *of_tabs]
    for problem in redacted(of_tabs, ledger):
        yield problem_line(problem, ledger.language)
    for key, days in (("runs", found.missed_runs), ("duty", found.no_duty)):
        if days:
            yield texts.say(key, days=[day.isoformat() for day in days])


def _unused(health: RuleHealth, texts: Sentences) -> Iterator[str]:
    for rule in health.unused:
        yield texts.say("unused", row=rule.row)


def _hints(health: RuleHealth, texts: Sentences) -> Iterator[str]:
    """What an administrator may have intended: rules whose order decides, and departments that get no cases."""
    for one in health.overlaps:
        here, there = (rule.department or rule.handler for rule in (one.first, one.second))
        if here == there:
            here, there = one.first.handler or here, one.second.handler or there
        yield texts.say("overlap", first=one.first.row, second=one.second.row, n=one.cases, here=here, there=there)
    for department in health.idle_departments:
        yield texts.say("idle_department", row=department.row, name=department.name)
    for person in health.idle_handlers:
        yield texts.say("idle_handler", row=person.row, name=person.name)


def _without_a_rule(ledger: Ledger) -> Iterator[str]:
    """Rows that ended with nothing after them."""
    return (problem_line(note, ledger.language) for note in ledger.notes if note.code in GAPS)


def _calendars(ledger: Ledger) -> Iterator[str]:
    """What is missing for the calendars that digests are to bring along."""
    if ledger.policy.settings["calendar_with_digests"] == YesNo.YES and find_spec("icalendar") is None:
        yield Sentences(_TEXTS, ledger.language).say("no_calendars", command=how_to_install("calendar"))


def _status_pages(ledger: Ledger) -> Iterator[str]:
    """That the names of the status pages, which are their only lock, would go over the line as anybody can read."""
    if ledger.policy.settings["status_address"].lower().startswith("http://"):
        yield Sentences(_TEXTS, ledger.language).say("open_pages", setting=SETTING["status_address"])


def _years(ledger: Ledger, now: datetime) -> list[str]:
    """Years for which the Calendar has no official days yet."""
    settings, calendar = ledger.policy.settings, ledger.tables["calendar"]
    return years_warning((settings["country"], settings["subdivision"]), settled_years(calendar), ledger.language, now)
