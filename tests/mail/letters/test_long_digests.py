"""A digest that has to cut its lists comes with a page that has them whole."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from automation.mail.mail import Mail
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from tests.support.random_registers import NOW, Office
from tests.support.small_reports import LATE, case


def principals_digest(count: int) -> Mail:
    """What the principal reads of so many late cases."""
    office = Office(tuple({**case(number, **LATE), "about": "-"} for number in range(1, count + 1)), ())
    asked = Request(JOBS["run"], NOW, NOW.astimezone(), outbox=Path("outbox"), instead_of_sending=True)
    (mail,) = [one for one in plan(office.book, asked).mails if (one.kind, one.reader) == ("digest_leader", "孙校长")]
    return mail


@pytest.mark.parametrize(
    ("count", "listed", "said"),
    [
        (12, 12, []),
        (13, 13, ["附件中有全部清单。"]),  # behind a figure stand twelve numbers
        (45, 40, ["  ……另有5件，见附件。", "附件中有全部清单。"]),
    ],
)
def test_what_is_cut_is_whole_on_the_attached_page(count: int, listed: int, said: list[str]) -> None:
    mail = principals_digest(count)
    text = mail.rendered.text
    assert (len(re.findall(r"^  LV-\d+", text, re.M)), re.findall(r"^.*附件.*$", text, re.M)) == (listed, said)
    if not said:
        assert mail.attachments == ()
        return
    (page,) = mail.attachments
    every = {f"LV-{number:05d}" for number in range(1, count + 1)}
    whole = page.content.decode()
    cells = lxml.html.document_fromstring(whole).xpath("//td")
    behind = [one.text_content() for one in cells if one.text_content().strip().startswith("涉及编号：")]
    assert (page.name, page.media_type) == ("完整清单2026-03-18.html", "text/html")
    assert all(set(re.findall(r"LV-\d+", numbers)) == every for numbers in behind)
    assert behind
    assert whole.count("LV-00001") > 1
    assert [word for word in ("孙校长", "附件", "另有", "另外") if word in whole] == []
