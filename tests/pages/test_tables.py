"""What stands in a cell of a new ledger for a value of a preset."""

from __future__ import annotations

import pytest

from automation.pages.tables import labels_of_several, shown
from sheet_schema import TAB, Language
from sheet_schema.vocabulary import Role


@pytest.mark.parametrize(
    ("language", "said"), [("en", "headteacher; senior leader"), ("zh", "校长；分管领导")], ids=["en", "zh"]
)
def test_several_choices_have_the_languages_semicolon_between(language: Language, said: str) -> None:
    assert shown(TAB["people"]["role"], "principal;leader", language) == said
    assert labels_of_several(Role, "principal; leader", language) == said
