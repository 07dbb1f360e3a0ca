"""All checks of register rows; `CHECKS` at the end lists them. A check only finds problems and changes nothing.

Each looks at whole columns and yields findings: which rows, which column, which code, and what its sentence needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import FROM_SUPERIORS
from automation.cases.completeness import missing_cells
from automation.cases.confidentiality import Confidence
from automation.cases.mailboxes import Recipient
from automation.cases.nobody_to_notify import by_a_named_accuser
from automation.cases.recipients import may_be_written_to
from automation.cases.steps_owed import closed_before
from automation.cases.told_before import told_before
from automation.cases.urgency import unnumbered_groups
from automation.ledger import problems as messages
from automation.ledger.addresses import addresses_in
from automation.ledger.case_numbers import says_no_repeat, tidy_number
from automation.ledger.directory import says_nothing
from automation.ledger.live_notices import live_notices
from automation.ledger.meant import Party
from automation.ledger.model import Problem
from automation.ledger.name_cells import OR, unknown
from automation.ledger.normal_form import normal
from automation.ledger.people import NO_ROW, Department, Person
from automation.ledger.table import Array
from automation.steps.date_checks import dates_in_order, received_in_time, unknown_days
from automation.steps.extension_checks import extensions_are_approved_by_others, extensions_hold, who_approved
from automation.steps.final_reviews import repeats_of_what_is_settled
from automation.steps.findings import WARNING, Finding, text_of
from automation.steps.handler_checks import handlers_are_there, hands_are_reached
from automation.steps.involved_checks import (
    involved_departments_are_known,
    involved_departments_are_told,
    parts_fit_the_reply,
)
from automation.steps.joined_checks import joins_can_count
from automation.steps.report_checks import superiors_are_told
from automation.steps.waiting_checks import waited_before_is_read, waits_hold
from sheet_schema import REGISTER
from sheet_schema.vocabulary import Channel, Kind, NoticeKind, Procedure, Role, Status, Step, YesNo

Check = Callable[[Cases], Iterable[Finding]]


def find_problems(cases: Cases) -> list[Problem]:
    """All problems of all cases, in the order of `CHECKS`. Of what an old register had closed nobody is asked anything."""
    asked = ~closed_before(cases.register)
    return [problem for check in CHECKS for finding in check(cases) for problem in _problems(cases, finding, asked)]


def _problems(cases: Cases, finding: Finding, asked: Array) -> Iterator[Problem]:
    numbers, rows = cases.register["case_no"], cases.register.rows
    details = {"column": REGISTER[finding.column], **finding.details}
    said = messages.problem(finding.code, **details) if not finding.each else ()
    for i in finding.positions[asked[finding.positions]].tolist():
        if finding.each:
            said = messages.problem(finding.code, **{**details, **finding.each(i)})
        yield Problem(
            "register",
            int(rows[i]),
            finding.column,
            finding.code,
            said,
            case_no=numbers[i],
            warning=finding.warning,
        )


def required_cells(cases: Cases) -> Iterable[Finding]:
    """A required cell is blank. One that cannot be read has its own problem, and is not reported as missing too."""
    for key, lacking in missing_cells(cases.register, cases.register_lines).items():
        empty = lacking & (cases.register.read[key] == "")
        code = "which_procedure" if key == "procedure" else "missing"
        yield Finding(code, key, np.flatnonzero(empty), {"choices": [*Procedure]} if key == "procedure" else {})


def known_names(cases: Cases) -> Iterable[Finding]:
    """A topic, department or person is not in the administrators' tabs, or could be several of them."""
    policy, register = cases.ledger.policy, cases.ledger.register
    topics = {normal(topic.name) for topic in policy.topics}
    known = {text for text in {*register["topic"].tolist()} if normal(text) in topics}
    for text, positions in _not_among(known, cases, "topic"):
        yield Finding("unknown_topic", "topic", positions, {"value": text})
    departments = {department.name for department in policy.named_departments}
    people = {person.name for person in policy.named_people if person.row != NO_ROW}
    for column in register.tab:
        if column.names_somebody and column.key != "extension_by":  # of which `who_approved` says what is wrong
            is_department = column.source == "departments"
            for text, positions in _not_among(departments if is_department else people, cases, column.key):
                code, details = unknown(policy.directory, text, is_department=is_department)
                yield Finding(code, column.key, positions, details, warning=not is_department)


def _not_among(known: Collection[str], cases: Cases, key: str) -> Iterator[tuple[str, Array]]:
    """Each text in this column of a case that is not among these, and where it stands."""
    values, real = cases.ledger.register[key], cases.register_lines.cases
    for text in sorted({*values[real].tolist()} - {"", *known}):
        yield text, np.flatnonzero(real & (values == text))


def repeats_exist(cases: Cases) -> Iterable[Finding]:
    """`repeat_of` names the case itself, or one that was never registered."""
    register = cases.register
    issued = {*cases.ledger.index["case_no"].tolist()}
    unknown, itself = [], []
    for i in np.flatnonzero(cases.register_lines.cases & (register["repeat_of"] != "")).tolist():
        named = register["repeat_of"][i]
        if says_no_repeat(named):
            continue
        if tidy_number(named) == register["case_no"][i]:
            itself.append(i)
        elif tidy_number(named) not in issued:
            unknown.append(i)
    yield Finding("unknown_case", "repeat_of", np.asarray(unknown, dtype=np.int64), each=text_of(register, "repeat_of"))
    yield Finding("repeats_itself", "repeat_of", np.asarray(itself, dtype=np.int64))


def steps_in_order(cases: Cases) -> Iterable[Finding]:
    """A result without a decision, a reply without an outcome or the reverse, a review that nobody asked for."""
    register, real = cases.register, cases.register_lines.cases
    undecided = real & (register["decision"] == "") & (register.read["decision"] == "")
    for key in ("decided_on", "replied_on"):
        yield Finding("decision_first", key, np.flatnonzero(undecided & ~np.isnat(register[key])))
    replied = ~np.isnat(register["replied_on"])
    concluded = register["outcome"] != ""
    yield Finding("reply_without_outcome", "outcome", np.flatnonzero(real & replied & (register.read["outcome"] == "")))
    unanswered = real & concluded & (register.read["replied_on"] == "")
    yield Finding("outcome_without_reply", "replied_on", np.flatnonzero(unanswered), warning=WARNING)
    yield Finding("which_day_concluded", "concluded_on", np.flatnonzero(real & _concluded(cases)), warning=WARNING)
    unasked = real & ~np.isnat(register["review_done_on"]) & (register.read["review_on"] == "")
    yield Finding("review_without_request", "review_on", np.flatnonzero(unasked))
    again = ~np.isnat(register["second_review_on"])
    unasked = real & ~np.isnat(register["second_review_done_on"]) & (register.read["second_review_on"] == "")
    yield Finding("second_review_without_request", "second_review_on", np.flatnonzero(unasked))
    unasked = real & ~np.isnat(register["panel_on"]) & (register.read["second_review_on"] == "")
    yield Finding("panel_without_request", "second_review_on", np.flatnonzero(unasked))
    too_early = real & again & (register.read["review_done_on"] == "")
    yield Finding("second_review_without_review", "second_review_on", np.flatnonzero(too_early))


def _concluded(cases: Cases) -> Array:
    """Mask the allegations with an outcome of which a named accuser is to be told, and nobody says from when on."""
    register = cases.register
    if not any(rule.step == Step.TELL_RESULT for rule in cases.ledger.policy.deadlines):
        return np.zeros(len(register), dtype=bool)
    silent = (register.read["concluded_on"] == "") & (register.read["replied_on"] == "")
    concluded: Array = by_a_named_accuser(register) & (register["outcome"] != "") & silent
    return concluded


def superior_cells(cases: Cases) -> Iterable[Finding]:
    """A superior's deadline is given for a case from elsewhere."""
    register = cases.register
    other = cases.register_lines.cases & ~np.isin(register["channel"], ["", *FROM_SUPERIORS])
    yield Finding(
        "superior_unused",
        "superior_due",
        np.flatnonzero(other & ~np.isnat(register["superior_due"])),
        warning=WARNING,
    )


def groups_have_a_number(cases: Cases) -> Iterable[Finding]:
    """The petitioner is a group, and nobody says of how many."""
    groups = cases.register_lines.cases & unnumbered_groups(cases.register)
    positions = np.flatnonzero(groups)
    yield Finding("how_many", "people", positions, each=text_of(cases.register, "petitioner"), warning=WARNING)


def leapfrogs_are_visits(cases: Cases) -> Iterable[Finding]:
    """Skipped a level is ticked for a letter or a call, where nobody came over anybody's head."""
    register = cases.register
    other = ~np.isin(register["channel"], ["", Channel.VISIT.key])
    ticked = np.flatnonzero(cases.register_lines.cases & register["leapfrog"] & other)
    yield Finding("leapfrog_unused", "leapfrog", ticked, warning=WARNING)


def names_are_exact(cases: Cases) -> Iterable[Finding]:
    """A name in `about`, such as 王老师, could mean several people; none of them is told until the office is exact."""
    confidence, listed = cases.confidence, {entry.name for entry in _entries(cases) if entry.row != NO_ROW}
    for i, unsure in confidence.unsure.items():
        if cases.register_lines.cases[i]:
            for name, others in unsure:
                kept = "_kept" if i in confidence.only_for and name in confidence.strangers.get(i, ()) else ""
                details = {"value": name, "others": OR.join([one for one in others if one in listed] or others)}
                yield Finding(f"ambiguous_name{kept}", "about", np.asarray([i]), details, warning=WARNING)


def _entries(cases: Cases) -> Sequence[Person | Department]:
    policy = cases.ledger.policy
    return (*policy.named_people, *policy.named_departments)


def names_are_known(cases: Cases) -> Iterable[Finding]:
    """A name in `about` is nobody here, or none at all, so nobody can tell who must not learn of the case. Of one that could
    be somebody by their title or role, it is said that it could; of one with others beside it, that they are not named."""
    confidence, directory = cases.confidence, cases.ledger.policy.directory
    for i, names in confidence.strangers.items():
        if cases.register_lines.cases[i]:
            kept = "_kept" if i in confidence.only_for else ""
            said = {name for name, _ in confidence.unsure.get(i, ())}
            for name in [one for one in names if one not in said]:
                known = "others_unnamed" if directory.meant_by(name).parties else "stranger"
                code = "says_nothing" if says_nothing(name) else known
                yield Finding(code + kept, "about", np.asarray([i]), {"value": name}, warning=WARNING)


def nobody_is_only_mentioned(cases: Cases) -> Iterable[Finding]:
    """The summary or the topic names somebody whom `about` does not. Of an allegation without About a required cell is missing, which
    is said anyway."""
    confidence, register = cases.confidence, cases.register
    blank = {
        at: parties
        for at, parties in confidence.mentioned.items()
        if register["about"][at] == "" and at in confidence.silent
    }
    for code, named in (("mentioned", blank), ("mentioned_beside", confidence.beside)):
        for i, parties in named.items():
            others = OR.join(sorted(party.name for party in parties if not party.is_department))
            if others and cases.register_lines.cases[i]:
                yield Finding(code, "about", np.asarray([i]), {"others": others}, warning=WARNING)


def about_means_whom_it_meant(cases: Cases) -> Iterable[Finding]:
    """About meant somebody when it was typed whom it does not mean today: they stay kept from the case."""
    for i, parties in cases.confidence.earlier.items():
        if cases.register_lines.cases[i]:
            others = OR.join(sorted(party.name for party in parties))
            yield Finding("meant_earlier", "about", np.asarray([i]), {"others": others}, warning=WARNING)


def an_open_allegation_says_why(cases: Cases) -> Iterable[Finding]:
    """Restricted says No on an allegation, which is confidential by rule, and nothing says why it should not be."""
    register = cases.register
    says_no = (register["kind"] == Kind.ALLEGATION.key) & (register["restricted"] == YesNo.NO.key)
    kept = cases.register_lines.cases & says_no & cases.confidence.restricted
    yield Finding("no_on_an_allegation", "restricted", np.flatnonzero(kept), warning=WARNING)


def somebody_is_told(cases: Cases) -> Iterable[Finding]:
    """A case is for a few only, and none of them, or nobody in the office, has an address that nobody else reads: so no mail
    of it goes to anybody, or there. Cases kept from and for the same people are alike."""
    confidence, policy = cases.confidence, cases.ledger.policy
    of_everybody = (
        (Recipient(person.name, address), Role.OFFICE in person.roles)
        for person in policy.people
        for address in addresses_in(person.email)
    )
    readers = {reader: in_office for reader, in_office in of_everybody if may_be_written_to(policy, reader)}
    alike: dict[tuple[frozenset[str], frozenset[Party]], list[int]] = {}
    for i, roles in confidence.only_for.items():
        is_open = cases.register_lines.cases[i] and cases.register["status"][i] != Status.CLOSED.key
        if is_open and i not in confidence.being_typed:
            alike.setdefault((roles, confidence.in_conflict.get(i, frozenset())), []).append(i)
    for positions in alike.values():
        code = _who_is_not_told(confidence, positions[0], readers)
        if code:
            yield Finding(code, "about", np.asarray(positions), warning=WARNING)


def _who_is_not_told(confidence: Confidence, at: int, readers: Mapping[Recipient, bool]) -> str:
    """The code of the problem, if nobody may know of the case at any of these addresses, or if those of the office, which are
    marked, may not only because others read them; else blank."""
    told = [reader for reader in readers if confidence.may_know(at, reader)]
    if not told:
        return "nobody_is_told"
    office = [reader for reader, in_office in readers.items() if in_office]
    shared = [reader for reader in office if reader not in told and not confidence.bars(at, reader)]
    return "office_is_not_told" if shared and not any(reader in told for reader in office) else ""


def hands_may_know(cases: Cases) -> Iterable[Finding]:
    """A person gave the case to somebody who must not know of it, and who gets no mail of it."""
    confidence, directory, register = cases.confidence, cases.ledger.policy.directory, cases.ledger.register
    for i in confidence.in_conflict:
        if not cases.register_lines.cases[i] or register["status"][i] == Status.CLOSED.key:
            continue
        department, handler = str(register["department"][i]), str(register["handler"][i])
        barred = {
            "department": confidence.bars_department(i, directory.department(department) or department),
            "handler": confidence.bars(i, Recipient(directory.person(handler) or handler, "")),
        }
        for column, is_barred in barred.items():
            if is_barred and register[column][i]:
                details = {"value": register[column][i]}
                yield Finding("may_not_know", column, np.asarray([i]), details, warning=WARNING)


def nobody_was_told_before(cases: Cases) -> Iterable[Finding]:
    """Somebody who must not know of an open case was mailed about it before that was known. An alert that reaches whoever
    is only mentioned does so by rule."""
    confidence, register, notices = cases.confidence, cases.register, live_notices(cases.ledger)
    for i in confidence.in_conflict:
        if not cases.register_lines.cases[i] or register["status"][i] == Status.CLOSED.key:
            continue
        by_rule = (NoticeKind.ALERT,) if i in confidence.mentioned else ()
        mails = told_before(notices, str(register["case_no"][i]), confidence.barred_mailboxes(i))
        told = [mail for mail in mails if mail.kind not in by_rule]
        if told:
            details = {"count": len({mail.mailbox for mail in told}), "value": max(mail.day for mail in told)}
            yield Finding("told_before", "about", np.asarray([i]), details, warning=WARNING)


CHECKS: tuple[Check, ...] = (
    required_cells,
    unknown_days,
    dates_in_order,
    received_in_time,
    known_names,
    repeats_exist,
    repeats_of_what_is_settled,
    joins_can_count,
    steps_in_order,
    superior_cells,
    groups_have_a_number,
    leapfrogs_are_visits,
    extensions_hold,
    waits_hold,
    waited_before_is_read,
    who_approved,
    names_are_exact,
    names_are_known,
    nobody_is_only_mentioned,
    about_means_whom_it_meant,
    an_open_allegation_says_why,
    nobody_was_told_before,
    somebody_is_told,
    hands_may_know,
    handlers_are_there,
    hands_are_reached,
    extensions_are_approved_by_others,
    superiors_are_told,
    involved_departments_are_known,
    parts_fit_the_reply,
    involved_departments_are_told,
)
