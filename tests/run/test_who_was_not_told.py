"""What a run says of those who were not told is true: the office's next digest has the reason (docs/design.md#p4.12)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.commands.output import show
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows, snapshot
from tests.support.mails_of_a_run import ACCEPTED, DEADLINES, DEPARTMENTS, LADDER, PEOPLE, Row, case

COPIED: Rows = ({"order": 9, "enabled": "yes", "department": "East", "copy_to": "leader"},)
PLAIN: Rows = ({"order": 9, "enabled": "yes", "department": "East"},)
NEW: Row = {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-03", "department": ""}
NO_HEAD: Rows = ({**DEPARTMENTS[0], "email": "", "head": ""}, DEPARTMENTS[1])
NO_LEADER: Rows = ({**DEPARTMENTS[0], "leader": ""}, DEPARTMENTS[1])
NO_OFFICE: Rows = (*PEOPLE[:3], {**PEOPLE[3], "role": "duty"})
AWAY: Row = {"absent_from": "2026-03-01", "absent_until": "2026-03-31"}
NOBODY_SAYS = {
    "en": "Nobody was told by mail as {role} of LV-00001: the office's next digest says why, to whoever may know of it.",
    "zh": "以下各件没有用邮件告知“{role}”：LV-00001。原因见信访办下一期简报（仅发给可知悉本件的人）。",
}
NO_DIGEST = {
    "en": "Nobody was told by mail as {role} of LV-00001, nor would a digest say why: nobody with the role office has an address in People.",
    "zh": "以下各件没有用邮件告知“{role}”：LV-00001。“人员”表中没有填写邮箱的信访办人员，无法通过简报说明原因。",
}
NO_COPY_SAYS = {
    "en": "{role} got no copy by mail of LV-00001: the office's next digest says why, to whoever may know of it.",
    "zh": "以下各件没有用邮件抄送“{role}”：LV-00001。原因见信访办下一期简报（仅发给可知悉本件的人）。",
}
ROLES = {
    "en": {"leader": "senior leader", "handler": "handler", "Zed": "Zed", "West": "West"},
    "zh": {"leader": "分管领导", "handler": "经办人", "Zed": "Zed", "West": "West"},
}
DIGEST_SAYS = {
    ("leader", "conflict"): ("Nobody is told as senior leader (has to be kept out of it): LV-00001.", "以下各件没有角色为“分管领导”的人员可告知（应回避）：LV-00001。"),
    ("leader", "away"): ("Nobody is told as senior leader (away, and no stand-in is there): LV-00001.", "以下各件没有角色为“分管领导”的人员可告知（不在岗，也无人代理）：LV-00001。"),
    ("leader", "no address"): ("Nobody is told as senior leader (no mail address that can be used, see People and Departments): LV-00001.", "以下各件没有角色为“分管领导”的人员可告知（没有可用邮箱，请检查“人员”和“部门”表）：LV-00001。"),
    ("leader", "left"): ("Nobody is told as senior leader (away, People does not say until when, and no stand-in is there): LV-00001.", "以下各件没有角色为“分管领导”的人员可告知（不在岗，“人员”表未写返岗日期，也无人代理）：LV-00001。"),
    ("leader", "two reasons"): ("Nobody is told as senior leader (has to be kept out of it; away, and no stand-in is there): LV-00001.", "以下各件没有角色为“分管领导”的人员可告知（应回避；不在岗，也无人代理）：LV-00001。"),
    ("Zed", "no row"): ("No copy goes to Zed (no row in People that can be used): LV-00001.", "以下各件未抄送“Zed”（“人员”表中没有可用的行）：LV-00001。"),
    ("West", "no mailbox, no head"): ("No copy goes to West (no mail address that can be used, see People and Departments; Departments names no head): LV-00001.", "以下各件未抄送“West”（没有可用邮箱，请检查“人员”和“部门”表；“部门”表未填写负责人）：LV-00001。"),
    ("West", "its head"): ("No copy goes to West (has to be kept out of it; no mail address that can be used, see People and Departments): LV-00001.", "以下各件未抄送“West”（应回避；没有可用邮箱，请检查“人员”和“部门”表）：LV-00001。"),
    ("head", "no department"): ("Told to the next in line instead of head of department (not with any department in Departments): LV-00001.", "以下各件未告知“部门负责人”，改为告知下一级（尚未分办到“部门”表中的部门）：LV-00001。"),
    ("handler", "conflict"): ("East is not told (has to be kept out of it): LV-00001.", "以下各件未能告知“East”（应回避）：LV-00001。"),
}  # fmt: skip


def runs(language: Language, register: Rows, *moments: str, **tabs: Rows) -> list[tuple[list[str], Result]]:
    """What each run says of those who were not told, and its result."""
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01"}
    given: dict[str, Rows] = {
        "register": register, "people": PEOPLE, "departments": DEPARTMENTS, "topics": ({"name": "Canteen"},),
        "routing": PLAIN, "deadlines": DEADLINES, "escalation": LADDER,
        "index": [{"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for one in register],
        "settings": [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()],
        **tabs,
    }  # fmt: skip
    book, found = snapshot(language, **given), []
    for moment in moments:
        now = datetime.fromisoformat(moment)
        result = plan(book, Request(JOBS["run"], now, now, outbox=Path(), instead_of_sending=True))
        said: list[str] = []
        show(result, said.append, Path("out"), dry_run=False, verbose=False)
        found.append(
            (
                [
                    line
                    for line in said
                    if "LV-00001" in line and ("Nobody was" in line or "no copy" in line or "没有用邮件" in line)
                ],
                result,
            )
        )
        book = after_run(book, result)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("cells", "tabs", "said", "role", "why"),
    [
        ({"about": "Lea"}, {"routing": COPIED}, NOBODY_SAYS, "leader", "conflict"),
        ({"about": "-"}, {"routing": COPIED, "people": [PEOPLE[0], {**PEOPLE[1], **AWAY}, *PEOPLE[2:]]}, NOBODY_SAYS, "leader", "away"),
        ({"about": "-"}, {"routing": COPIED, "people": [PEOPLE[0], {**PEOPLE[1], "email": ""}, *PEOPLE[2:]]}, NOBODY_SAYS, "leader", "no address"),
        ({"about": "-"}, {"departments": NO_HEAD}, None, "", ""),
        ({"about": "Hal", "department": "East"}, {}, NOBODY_SAYS, "handler", "conflict"),
        ({"about": "-"}, {"routing": COPIED, "people": [PEOPLE[0], {**PEOPLE[1], "absent_from": "2026-03-01"}, *PEOPLE[2:]]}, NOBODY_SAYS, "leader", "left"),
        ({"about": "-"}, {"routing": COPIED, "people": [PEOPLE[0], {**PEOPLE[1], "email": "lea at s"}, *PEOPLE[2:]]}, NOBODY_SAYS, "leader", "no address"),
        ({"about": "Lea"}, {"routing": COPIED, "departments": NO_LEADER, "people": [*PEOPLE, {"name": "Lou", "role": "leader", "email": "lou@s.example", **AWAY}]}, NOBODY_SAYS, "leader", "two reasons"),
        ({"about": "-"}, {"routing": [{**COPIED[0], "copy_to": "Zed"}]}, NO_COPY_SAYS, "Zed", "no row"),
        ({"about": "-"}, {"routing": [{**COPIED[0], "copy_to": "West"}], "departments": [DEPARTMENTS[0], {**DEPARTMENTS[1], "email": "", "head": ""}]}, NO_COPY_SAYS, "West", "no mailbox, no head"),
        ({"about": "Pru"}, {"routing": [{**COPIED[0], "copy_to": "West"}], "departments": [DEPARTMENTS[0], {**DEPARTMENTS[1], "email": ""}]}, NO_COPY_SAYS, "West", "its head"),
        ({"about": "Lea"}, {"routing": COPIED, "people": NO_OFFICE}, NO_DIGEST, "leader", ""),
        ({"about": "-"}, {"routing": COPIED}, None, "", ""),
        # a department that loses a case of which it must not know was never told that it had it
        ({"about": "Hal", "department": "West"}, {"notices": [{"key": "LV-00001|assignment|||1|handler", "case_no": "LV-00001", "kind": "assignment", "level": "1", "slot": "handler", "holder": "East", "to": "east@s.example", "state": "sent"}]}, None, "", ""),
    ],
    ids=["copy, in conflict", "copy, away", "copy, no address", "no mailbox", "its head", "copy, left", "copy, unreadable address",
         "copy, two reasons", "copy, nobody's name", "copy, no mailbox and no head", "copy, no mailbox, about its head", "no office", "told", "lost"],
)  # fmt: skip
def test_the_next_digest_says_why(
    language: Language, cells: Row, tabs: dict[str, Rows], said: dict[str, str] | None, role: str, why: str
) -> None:
    """The first run is at ten; the digest of the next morning comes when the case is due soon."""
    (first, _), (_, next_day) = runs(
        language, [case("LV-00001", **{**NEW, **cells})], "2026-03-03T10:00", "2026-03-06T08:00", **tabs
    )
    expected = [said[language].format(role=ROLES[language][role])] if said else []
    digests = [mail.rendered.text for mail in next_day.mails if mail.kind == "digest_office"]
    reasons = [texts[("en", "zh").index(language)] for texts in DIGEST_SAYS.values()]
    found = [reason for reason in reasons if any(reason in digest for digest in digests)]
    wanted = [DIGEST_SAYS[role, why][("en", "zh").index(language)]] if why else []
    assert (first, found) == (expected, wanted)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_case_without_a_department_has_no_head(language: Language) -> None:
    """Both heads are concerned, so the person outside has it; heads there are, but none of a department that has it."""
    people = [*PEOPLE, {"name": "Out", "role": "outside", "email": "out@x.example"}]
    register = [case("LV-00001", **{**NEW, "about": "Hal; Pru; Lea", "received_on": "2026-02-10"})]
    ((_, result),) = runs(language, register, "2026-03-04T10:00", people=people, escalation=LADDER[1:2])
    (digest,) = [mail.rendered.text for mail in result.mails if mail.kind == "digest_office"]
    assert DIGEST_SAYS["head", "no department"][("en", "zh").index(language)] in digest


def test_a_mail_about_no_case_that_nobody_can_read_is_said_in_whole_words() -> None:
    """Lea's digest is due, but she is away."""
    people = [PEOPLE[0], {**PEOPLE[1], **AWAY, "digest": "weekly"}, *PEOPLE[2:]]
    ((_, result),) = runs("en", [case("LV-00001")], "2026-03-04T10:00", people=people)
    said: list[str] = []
    show(result, said.append, Path("out"), dry_run=False, verbose=False)
    assert [line for line in said if "Lea" in line] == [
        "Lea did not get this mail: digest. They are away or have no address, see People."
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_is_only_mentioned_gets_an_alert_and_the_row_says_so(language: Language) -> None:
    register = [
        case("LV-00001", **{**NEW, "about": "", "important": "yes", "summary": "Pru, come at once", "handler": "Pru"})
    ]
    _, (_, later) = runs(language, register, "2026-03-03T10:00", "2026-03-03T10:40")
    row = str(later.after.register["problems"][0])
    assert [(mail.kind, mail.reader) for mail in later.mails if mail.reader == "Pru"] == [("alert", "Pru")]
    for sentence in ROW[language]:
        assert sentence in row


ROW = {
    "en": (
        "The summary or the topic names Pru, and About whom is blank; until it is filled in they get no mail of this case but, should it be urgent, an alert with its number.",
        "Handler: Pru may not know of this case, and gets no ordinary mail of it.",
    ),
    "zh": (
        "“反映问题”或“事项”中提到Pru，而“涉及部门或人员”未填；填写前上述人员不会收到本件邮件，但属紧急的，可能收到仅含编号的紧急通知。",
        "“经办人”：Pru应回避本件，不会收到有关普通邮件。",
    ),
}


UNREACHED = {
    "en": "East cannot be told of this case by mail: nobody there has an address that mail can go to, or they are away.",
    "zh": "无法用邮件将本件告知“East”：该处无人有可用邮箱，或有关人员不在岗。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_case_of_a_department_without_mailbox_and_head_goes_to_the_leader_at_once(language: Language) -> None:
    """The row says so, and the office reads it in the digest of the next morning."""
    given = runs(language, [case("LV-00001", **NEW)], "2026-03-03T10:00", "2026-03-04T08:00", departments=NO_HEAD)
    (first, result), (later, next_day) = given
    assert (first, later) == ([], [])
    assert [(mail.kind, mail.reader) for mail in result.mails] == [("assignment", "Lea")]
    assert UNREACHED[language] in str(result.after.register["problems"][0])
    digests = {mail.kind: mail.rendered.text for mail in next_day.mails}
    assert list(digests) == ["digest_office"]
    assert UNREACHED[language] in digests["digest_office"]


DAYS = [f"2026-03-{day}" for day in ("03T10:00", "03T15:00", "04T08:00", "04T15:00")]
COPY_TO_WEST: Rows = ({**COPIED[0], "copy_to": "West"},)
NO_MAILBOX: Rows = (DEPARTMENTS[0], {**DEPARTMENTS[1], "email": ""})


@pytest.mark.parametrize("from_hour", ["10:00", "15:00"])
@pytest.mark.parametrize(
    ("cells", "tabs"),
    [
        ({}, {"departments": [DEPARTMENTS[0], {**DEPARTMENTS[1], "email": "", "head": ""}]}),
        ({}, {"departments": NO_MAILBOX, "people": [{**one, **({"absent_from": "2026-03-01"} if one["name"] == "Pru" else {})} for one in PEOPLE]}),
        ({"about": "pru@s.example"}, {"departments": NO_MAILBOX}),
    ],
    ids=["nobody there", "its head has left", "its head is accused"],
)  # fmt: skip
def test_a_copy_that_nobody_gets_is_told_to_the_office_once(cells: Row, tabs: dict[str, Rows], from_hour: str) -> None:
    """A digest goes out for it alone: at once or, where that day's has gone out, the next morning; not each day."""
    first = case("LV-00001", **{**NEW, **cells})
    moments = [day for day in DAYS if day >= f"2026-03-03T{from_hour}"]
    said = runs("en", [first], *moments, routing=COPY_TO_WEST, **tabs)
    told = [
        moment
        for moment, (_, result) in zip(moments, said, strict=True)
        for mail in result.mails
        if mail.kind == "digest_office" and "No copy goes to West" in mail.rendered.text
    ]
    assert told == moments[:1]


def test_what_comes_up_after_the_digest_is_in_the_next_one() -> None:
    """The office's digest of the day has gone out when the copy reaches nobody."""
    went = {
        "key": "|digest_office||2026-03-03|1|Dee", "kind": "digest_office", "slot": "Dee", "to": "dee@s.example",
        "state": "sent", "claimed_at": "2026-03-03T07:00", "due_on": "2026-03-03", "level": "1",
    }  # fmt: skip
    departments = [DEPARTMENTS[0], {**DEPARTMENTS[1], "email": "", "head": ""}]
    said = runs("en", [case("LV-00001", **NEW)], *DAYS, routing=COPY_TO_WEST, departments=departments, notices=[went])
    told = [
        moment
        for moment, (_, result) in zip(DAYS, said, strict=True)
        if any(m.kind == "digest_office" for m in result.mails)
    ]
    assert told == ["2026-03-04T08:00"]


INSTEAD = {
    "en": "Told to the next in line instead of {whom} ({why}): LV-00001.",
    "zh": "以下各件未告知“{whom}”，改为告知下一级（{why}）：LV-00001。",
}
NOBODY_THERE = {
    "en": "no mail address that can be used, see People and Departments; Departments names no head",
    "zh": "没有可用邮箱，请检查“人员”和“部门”表；“部门”表未填写负责人",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("handler", ["", "Ann"])
def test_of_a_case_without_handler_the_digest_names_the_department(language: Language, handler: str) -> None:
    """With the missing head as a reason, whom it would have gone to without a mailbox."""
    people = [*PEOPLE, {"name": "Ann", "role": "handler"}]
    register = [case("LV-00001", **{**NEW, "department": "East", "handler": handler})]
    ((_, result),) = runs(language, register, "2026-03-06T08:00", departments=NO_HEAD, people=people)
    (digest,) = [mail.rendered.text for mail in result.mails if mail.kind == "digest_office"]
    whom = ROLES[language]["handler"] if handler else "East"
    assert INSTEAD[language].format(whom=whom, why=NOBODY_THERE[language]) in digest


@pytest.mark.parametrize("ladder", [LADDER, ()])
def test_a_digest_says_one_thing_of_a_role_for_a_case(ladder: Rows) -> None:
    """The reminder to the head goes to nobody, and what is late goes to the next in line: somebody is told."""
    deadlines = [{**DEADLINES[1], "who": "head"}, {**DEADLINES[2], "remind_before": "3"}]
    register = [case("LV-00001", **{**ACCEPTED, "about": "hal@s.example"})]
    ((_, result),) = runs("en", register, "2026-03-18T08:00", deadlines=deadlines, escalation=ladder)
    (digest,) = [mail.rendered.text for mail in result.mails if mail.kind == "digest_office"]
    said = [line for line in digest.splitlines() if "head of department" in line and "LV-00001" in line]
    why = "(has to be kept out of it): LV-00001."
    passed, nobody = (
        f"Told to the next in line instead of head of department {why}",
        f"Nobody is told as head of department {why}",
    )
    assert [line.strip(" -") for line in said] == [passed if ladder else nobody]
