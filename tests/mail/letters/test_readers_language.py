"""Whoever reads another language than the ledger's gets their mails in it, and nobody else's mails change."""

from __future__ import annotations

import pytest

from automation.text.templates import Rendered
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import ACCEPTED, PEOPLE, TOLD, Row, case, mails

OPEN: Row = dict.fromkeys(ACCEPTED, "")
GREETED: dict[Language, tuple[str, str]] = {
    "en": ("Dear {name},", "Letters and visits office"),
    "zh": ("{name}，您好：", "信访办公室"),
}
REGISTER: Rows = (
    case("LV-00001"),
    case("LV-00002", restricted="yes", about="-"),
    case("LV-00003", **{**OPEN, "received_on": "2026-03-03"}),
    case("LV-00004", **{**OPEN, "important": "yes", "people": "nobody knows"}),
)

SEEN: Rows = [
    {"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
    | {"problem_codes": "not_whole", "problems_since": "2026-03-02T08:00"}
    for one in REGISTER
]
"""Problems so old that the office's digest has them."""
RULES: Rows = ({"order": 8, "enabled": "yes"}, {"order": 9, "enabled": "yes", "topic": "Weather", "department": "East"})
"""Rules with a problem beside each, and nothing that catches what they miss."""


def settings(language: Language) -> Rows:
    """A ledger of that language, with the greeting that its preset has."""
    greeting, closing = GREETED[language]
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01", "school_phone": "0999"}
    own = {"mail_greeting": greeting, "mail_closing": closing}
    return [{"name": SETTING[key].label(language), "value": value} for key, value in {**values, **own}.items()]


READERS: Rows = ({**PEOPLE[0], "digest": "daily"}, {**PEOPLE[1], "digest": "daily"}, *PEOPLE[2:])
ALERTS = {("alert", "Lea"), ("alert", "Dee"), ("assignment", "East")}
DIGESTS = {("digest_leader", "Hal"), ("digest_leader", "Lea"), ("digest_office", "Dee")}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-03-03T10:00", {*ALERTS, ("digest_office", "Dee")}),
        ("2026-03-16T10:00", {*ALERTS, *DIGESTS, ("reminder", "East"), ("escalation", "Dee")}),
        (
            "2026-03-27T10:00",
            {*ALERTS, *DIGESTS, *(("escalation", name) for name in ("East", "Hal", "Lea", "Pru", "Dee"))},
        ),
    ],
    ids=["new", "soon", "late"],
)
@pytest.mark.parametrize(("ledgers", "readers"), [("en", "zh"), ("zh", "en")])
def test_a_mail_says_what_it_would_in_a_ledger_of_the_readers_language(
    ledgers: Language, readers: Language, now: str, told: set[tuple[str, str]]
) -> None:
    """A department's mailbox gets the ledger's."""
    sent = run(now, ledgers, readers)
    own, others = run(now, ledgers, ""), run(now, readers, "")
    assert sent.keys() == told
    assert sent == {one: (own if one[1] == "East" else others)[one] for one in told}


def run(now: str, language: Language, readers: str) -> dict[tuple[str, str], Rendered]:
    before: Rows = [{**TOLD, "key": f"LV-0000{n}|assignment|||1|handler", "case_no": f"LV-0000{n}"} for n in (1, 2)]
    people: Rows = [{**one, "language": readers} for one in READERS]
    tabs = {"people": people, "notices": before, "routing": RULES, "index": SEEN, "settings": settings(language)}
    found = mails(now, REGISTER, language, **tabs)
    return {one: mail.rendered for one, mail in found.items()}
