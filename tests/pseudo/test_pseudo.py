"""A third language needs no code: the demo, its workbook, its mails and its outbox speak one that a program made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pseudo.accents import accented, without_accent
from tests.pseudo.language import CODE, copy_with_language
from tests.pseudo.trial import KNOWN, Trial


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Late", "Ļáţé"),
        ("{n} days late.", "{n} ðáýš ļáţé ɱóŕé."),
        ("Try `install`, or --into", "Ţŕý `install`, óŕ --into ɱóŕé áñð"),
        ("See a.example and ledger.xlsx", "Šéé a.example áñð ledger.xlsx ɱóŕé áñð óñ"),
    ],
)
def test_what_gets_an_accent(english: str, said: str) -> None:
    assert accented(english) == said
    assert without_accent(accented(english), KNOWN) == []


@pytest.mark.parametrize(("text", "plain"), [("Ļáţé: see Ĥáñð", ["see"]), ("LV-00001 Ļáţé", []), ("2 Mar", [])])
def test_what_is_found(text: str, plain: list[str]) -> None:
    assert without_accent(text, KNOWN) == plain


def test_the_demo_says_nothing_that_a_translator_was_not_given(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    trial = Trial(copy_with_language(tmp_path / "program"), office)
    trial.run("demo", "--language", CODE, "--into", ".")
    assert trial.look_at_files("ledger.xlsx", "ledger.outbox/*.eml") > 10
    assert trial.found == []
