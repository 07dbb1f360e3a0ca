"""`prove`: what it says of a case, in both languages, and that it quotes nothing of a restricted one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.cases.told_before import ToldBefore
from automation.commands.prove import shown
from automation.run.kept_out import KeptOut
from automation.run.proof import Compared, Difference, Proof
from automation.run.reached import Item
from sheet_schema import Language
from tests.support.ledger_in_memory import NOW, line
from tests.support.small_office import ADMIN, HANDLED, ledger_at

AT = ("--now", "2026-03-18T10:00")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = [line("LV-00001", **HANDLED, about="王芳"), line("LV-00002", **HANDLED), line("LV-00003", about="陈工")]
    people = ({"name": "王芳", "role": "经办人"}, ADMIN)
    return ledger_at(
        tmp_path_factory.mktemp("office"), register, people, ({"name": "教务处", "email": "jw@s.example"},)
    )


def prove(path: Path, *typed: str) -> Result:
    return CliRunner().invoke(jobs.main, ["prove", *typed, "--workbook", str(path), *AT])


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        pytest.param(
            "lv-00001",
            0,
            [
                "LV-00001：已分别按有此件和无此件推演2026-03-18 10:00至2026-03-31的每次运行。没有发信，也没有写入。",
                "王芳（本件反映或可能反映此人）：比对统计报告3份：完全相同",
                "今后发出的内容，都不会让不应知悉的人看出有LV-00001这一件。此前已发出的不在比对之内。",
            ],
            id="equal",
        ),
        pytest.param(
            "LV-00002",
            0,
            [
                "LV-00002：按“涉及部门或人员”现有内容，无人需要回避本件，因此没有可比较的内容。如涉及本单位的人，请在该栏写明全名。"
            ],
            id="nobody-is-kept-from-it",
        ),
    ],
)
def test_what_prove_says(office: Path, number: str, code: int, said: list[str]) -> None:
    before = office.read_bytes()
    told = prove(office, number)
    assert (told.exit_code, told.stdout.splitlines()) == (code, said)
    assert office.read_bytes() == before


def test_an_administrator_asks_for_nothing_that_would_tell(office: Path) -> None:
    """Everything they may ask for in Settings is worked out in both worlds, but for a backup, which would write."""
    told = json.loads(prove(office, "LV-00003", "--json").stdout)
    assert [(one["name"], one["compared"]["answer"], one["equal"]) for one in told["readers"]] == [("陈工", 4, True)]


def test_a_number_that_is_not_there_is_one_sentence(office: Path) -> None:
    told = prove(office, "LV-00077")
    assert (told.exit_code, told.stderr) == (
        1,
        "“登记”表中没有编号LV-00077。\n",
    )


SECRET = "CANARY"
ONE = Item(NOW, "mail", "reminder", f"{SECRET} 1", b"1", ("Subject: x", f"{SECRET} 1"))
LEAK = Compared(KeptOut("Ruth Penrose", frozenset()), Counter(mail=2), [Difference(ONE, None)])
SENT = ToldBefore("escalation", "ruth@s.example", date(2026, 3, 17))
OTHER = replace(ONE, lines=("Subject: x", f"{SECRET} 2"))
CHANGED = Compared(KeptOut("Ruth Penrose", frozenset()), Counter(mail=1), [Difference(ONE, OTHER)], until=NOW)


def proof(language: Language, compared: Compared, *, quotable: bool = True, others: tuple[str, ...] = ()) -> Proof:
    return Proof("LV-00001", language, quotable, first=NOW, last=NOW, compared=(compared,), others=others)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(
            proof("en", LEAK),
            [
                "Ruth Penrose (it is or may be about them): compared 2 mails: 1 differ",
                "    2026-03-18 09:00 reminder “CANARY 1”: only with the case",
                "LV-00001 can be told from what differs above. Please send these lines to whoever looks after the program.",
            ],
            id="only-with",
        ),
        pytest.param(
            proof("en", CHANGED),
            [
                "Ruth Penrose (it is or may be about them): compared 1 mail: 1 differ",
                "    They may know of it from 2026-03-18 09:00; compared until then.",
                "    2026-03-18 09:00 reminder “CANARY 1”: lines 2 differ",
                "        with:    CANARY 1",
                "        without: CANARY 2",
                "LV-00001 can be told from what differs above. Please send these lines to whoever looks after the program.",
            ],
            id="a-line",
        ),
        pytest.param(
            proof("en", replace(LEAK, before=(SENT, replace(SENT, kind="alert")))),
            [
                "Ruth Penrose (it is or may be about them): compared 2 mails: 1 differ",
                "    Was mailed before, which cannot be taken back: overdue on 2026-03-17, alert on 2026-03-17. Each said its number; all but some alerts its text, too.",
                "    2026-03-18 09:00 reminder “CANARY 1”: only with the case",
                "LV-00001 can be told from what differs above. Please send these lines to whoever looks after the program.",
            ],
            id="mailed-before",
        ),
        pytest.param(
            proof("zh", replace(LEAK, before=(SENT,)), quotable=False),
            [
                "Ruth Penrose（本件反映或可能反映此人）：比对邮件2封：1处不同",
                "    此前已发给此人、无法收回：2026-03-17的超期督办。每封至少写有编号；当时未按保密件处理的，还写有内容。",
                "    2026-03-18 09:00 到期提醒：只在有此件时出现",
                "从以上不同之处可看出有LV-00001这一件。请把以上各行转给维护人员。",
            ],
            id="mailed-before-of-a-restricted-case",
        ),
        pytest.param(
            proof("zh", CHANGED, quotable=False, others=("LV-00004",)),
            [
                "Ruth Penrose（本件反映或可能反映此人）：比对邮件1封：1处不同",
                "    此人自2026-03-18 09:00起可知悉此件，只比对到此时。",
                "    2026-03-18 09:00 到期提醒：第2行不同",
                "explain 会泄露：对LV-00004的说明前后不同。",
                "从以上不同之处可看出有LV-00001这一件。请把以上各行转给维护人员。",
            ],
            id="a-restricted-case-is-not-quoted",
        ),
    ],
)
def test_a_leak_is_shown_with_its_place(found: Proof, said: list[str]) -> None:
    assert list(shown(found))[1:] == said
    assert not found.equal
