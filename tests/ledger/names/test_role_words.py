"""What words beside a role or a post make of it."""

from __future__ import annotations

import pytest

from automation.ledger.names.lexicon import WORDS_ALONE
from automation.ledger.names.role_words import heads_the_school, names_only_a_role, roles_in
from automation.ledger.names.units import units_of


@pytest.mark.parametrize(
    ("text", "only_a_role", "heads_it"),
    [
        *((text, True, False) for text in ("head", "the head", "acting headteacher", "Mr Principal", "校长", "负责人", "本校")),
        *((text, True, True) for text in ("the school head", "head of the school", "head of school", "school lead", "the school's leader", "本校负责人", "我校的负责人")),
        *((text, False, False) for text in ("Principal Zimmer", "Maths head", "school teacher lead", "Quill school lead", "校长助理", "食堂管理员", "本校语文负责人", "本校学生负责人")),
    ],
)  # fmt: skip
def test_what_stands_beside_a_role(text: str, only_a_role: bool, heads_it: bool) -> None:
    spans = WORDS_ALONE.spans(units_of(text))
    assert (names_only_a_role(spans), heads_the_school(spans)) == (only_a_role, heads_it)


@pytest.mark.parametrize(
    ("text", "roles"),
    [("纪检监察室", "discipline"), ("校长室", "principal"), ("Principal's office", "principal"), ("Discipline and headteacher", "discipline principal"), ("Maths", ""), ("办公室", "")],
)  # fmt: skip
def test_the_roles_in_what_something_is_called(text: str, roles: str) -> None:
    assert " ".join(sorted(role.key for role in roles_in(text))) == roles
