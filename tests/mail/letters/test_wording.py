"""The office's own sentences in every mail about cases: they say no more than ours, whatever stands in their braces."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from automation.ledger.wording.block import Block
from automation.ledger.wording.blocks import BLOCKS
from automation.ledger.wording.filling import faults
from automation.text.templates import TEMPLATES, Rendered
from sheet_schema import SETTINGS_LIST, TABS, Language
from sheet_schema.word import Labelled, Word
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import ACCEPTED, PEOPLE, TOLD, Row, case, mails

OPEN: Row = dict.fromkeys(ACCEPTED, "")
SECRET = "Zebedee"
"""Who complained, how to reach them, and what was done to them."""
READERS: Rows = tuple({**one, "digest": "daily"} for one in PEOPLE)
MOMENTS = ("2026-03-03T10:00", "2026-03-16T10:00", "2026-03-27T10:00")
"""New, due soon, late: with these, every kind of mail about cases goes out."""


def register(secret: str, restricted: str) -> Rows:
    """Cases in every state in which somebody is mailed about them."""
    told = {
        "petitioner": secret,
        "contact": secret,
        "summary": f"{secret} was hit",
        "restricted": restricted,
        "about": "-",
    }
    return (
        case("LV-00001", **told),
        case("LV-00002", **{**OPEN, **told, "received_on": "2026-03-03"}),
        case("LV-00003", **{**OPEN, **told, "important": "yes", "people": "7"}),
        case("LV-00004", **{**told, "department": "West"}),
    )


def with_everything(block: Block) -> str:
    """A text with everything that may be put in."""
    return "own " + block.allowed_shown("en").replace("} {", "} · {")


def sent(
    now: str, register: Rows, wording: Rows = (), language: Language = "en", **tabs: Rows
) -> dict[tuple[str, str], Rendered]:
    before: Rows = [{**TOLD, "key": f"LV-0000{n}|assignment|||1|handler", "case_no": f"LV-0000{n}"} for n in (1, 4)]
    found = mails(now, register, language, **{"people": READERS, "notices": before, "wording": wording, **tabs})
    return {one: mail.rendered for one, mail in found.items()}


def whole(mail: Rendered) -> str:
    return "\n".join((mail.subject, mail.text, mail.html))


EVERYTHING: Rows = tuple({"block": block.key, "text": with_everything(block)} for block in BLOCKS)


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("restricted", ["yes", "no"])
def test_with_everything_in_every_sentence_no_mail_tells_a_secret(now: str, restricted: str) -> None:
    """Of a restricted case, two that differ in all that is confidential make the very same mails."""
    told = sent(now, register(SECRET, restricted), EVERYTHING)
    assert [one for one, mail in told.items() if "own " not in mail.subject] == []
    if restricted == "yes":
        about = re.compile(f"{SECRET}|Canteen")
        assert [one for one, mail in told.items() if about.search(whole(mail))] == []
        assert told == sent(now, register("Mordecai", restricted), EVERYTHING)
    else:  # a summary may be said; who complained, and how to reach them, never
        quoted = re.compile(rf"{SECRET} was hit")
        assert [one for one, mail in told.items() if SECRET in quoted.sub("", whole(mail))] == []
        assert [one for one, mail in told.items() if SECRET in mail.subject] == []


def test_these_moments_send_every_kind_of_mail_about_cases() -> None:
    kinds = {kind for now in MOMENTS for kind, _ in sent(now, register(SECRET, "yes"), EVERYTHING)}
    assert kinds == {"alert", "assignment", "handed_over", "reminder", "escalation", "digest_office", "digest_leader"}


def every_name() -> Iterable[str]:
    """Every name that the code has for anything: columns, choices, settings, what templates are filled with."""
    declared: list[Labelled] = [*SETTINGS_LIST, *TABS, *(column for tab in TABS for column in tab)]
    declared += [word for words in Word.__subclasses__() for word in words]
    for one in declared:
        yield from (one.key, *one.labels())
    for path in TEMPLATES.glob("*.*"):
        yield from re.findall(r"[a-z_]+(?:\.[a-z_]+|\[\d\])*", path.read_text("utf-8"))


def test_no_name_that_the_code_knows_can_be_put_in_but_those_that_are_listed() -> None:
    names = sorted(set(every_name()))
    assert len(names) > 1000
    for block in BLOCKS:
        listed = {name for one in block.may_contain for name in (one.key, *one.labels())}
        open_doors = [
            name
            for name in names
            if not list(faults(block, "{reason} {" + name + "}" if block.needs else "{" + name + "}"))
        ]
        assert set(open_doors) <= listed | {name for name in open_doors if name.casefold() in listed}


def test_where_a_mail_may_not_say_what_is_to_be_filled_in_it_says_ours() -> None:
    """The department of a restricted case, and the date of an alert of which only the number may be said."""
    copied: Rows = ({"order": 9, "enabled": "yes", "department": "East", "copy_to": "Pru"},)
    own: Rows = ({"block": "assignment.subject_copied", "text": "{case_no} for {department}"},)
    new = {"department": "", "received_on": "2026-03-03", **dict.fromkeys(ACCEPTED, "")}
    said = {}
    for restricted in ("no", "yes"):
        told = sent(
            "2026-03-03T13:00",
            [case("LV-00001", **{**new, "restricted": restricted, "about": "-"})],
            own,
            routing=copied,
            notices=(),
        )
        said[restricted] = told["assignment", "Pru"].subject
    assert said == {"no": "LV-00001 for East", "yes": "For information: LV-00001 was assigned"}


def test_only_mails_in_the_ledgers_language_say_the_offices_own_words() -> None:
    people: Rows = [{**one, "language": "zh" if one["name"] == "Hal" else ""} for one in PEOPLE]
    own: Rows = (
        {"block": "escalation.opening", "text": "own opening"},
        {"block": "footer.head", "text": "own {reason}"},
    )
    told = sent("2026-03-27T10:00", register("x", "no"), own, people=people)
    ours = sent("2026-03-27T10:00", register("x", "no"), people=people)
    assert [name for (kind, name), mail in told.items() if kind == "escalation" and "own opening" not in mail.text] == [
        "Hal"
    ]
    assert told["escalation", "Hal"] == ours["escalation", "Hal"]
    assert told["escalation", "Lea"] != ours["escalation", "Lea"]
