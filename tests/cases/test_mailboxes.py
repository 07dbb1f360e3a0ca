"""An address that somebody barred reads is barred in every form in which it can be typed."""

from __future__ import annotations

from datetime import date

import pytest

from automation.cases.mailboxes import Mailboxes, Recipient
from automation.ledger.meant import Party
from tests.support.ledger_in_memory import ledger

TODAY = date(2026, 3, 18)
SAME = [
    "est@s.example", "EST+cur@s.example", "mailto:est@s.example", "est＠s.example", "ｅst@s.example", "est@s.example（办公室）",
    "est @ s.example", "zed@s.example|est@s.example", "zed@s.example或est@s.example", "e\u200bst@s.example", "Estates <est@s.example>",
]  # fmt: skip


@pytest.mark.parametrize("typed", SAME)
def test_every_form_of_an_address_is_barred(typed: str) -> None:
    people = [{"name": "Rob Jones", "email": typed}, {"name": "Ann Archer", "email": "est+ann@s.example"}]
    read = ledger("en", people=people, departments=[{"name": "Estates", "email": "mailto:est@s.example"}])
    barred = Mailboxes(read.policy).barred(frozenset([Party("Rob Jones")]), TODAY)
    others = (
        Recipient("Ann Archer", "est+ann@s.example"),
        Recipient("Estates", "est@s.example", is_department=True),
        Recipient("Ivy Innes", "ivy@s.example"),
    )
    assert [barred.bars(one) for one in others] == [True, True, False]


@pytest.mark.parametrize("typed", SAME)
def test_whoever_opens_a_departments_mailbox_is_barred_from_it(typed: str) -> None:
    read = ledger(
        "en",
        people=[{"name": "Rob Jones", "email": "rob@s.example"}],
        departments=[{"name": "Estates", "email": typed, "head": "Rob Jones"}],
    )
    barred = Mailboxes(read.policy).barred(frozenset([Party("Rob Jones")]), TODAY)
    assert barred.bars(Recipient("Ann Archer", "est@s.example"))


@pytest.mark.parametrize("typed", [*SAME, "见est@s.example", "est+cur@s.example处理"])
def test_about_and_summary_mean_whoever_has_the_address(typed: str) -> None:
    people = [{"name": "Rob Jones", "email": "Est+a@s.example"}, {"name": "Ann Archer", "email": "ann@s.example"}]
    directory = ledger("en", people=people).policy.directory
    rob = Party("Rob Jones")
    assert directory.meant_by(typed).parties == {rob}
    assert directory.mentioned_in(["nothing", f"it was {typed}"])[1].parties == {rob}


def test_a_name_before_an_at_sign_with_blanks_is_still_read() -> None:
    directory = ledger("en", people=[{"name": "Rob Jones", "email": "rob@s.example"}]).policy.directory
    assert directory.mentioned_in(["Mr Jones @ s.example"])[0].parties == {Party("Rob Jones")}
