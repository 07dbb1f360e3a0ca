"""The sentences that can be put in one's own words: which there are, and that ours could be typed as they are shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from automation.ledger.wording.blocks import BLOCKS
from automation.ledger.wording.filling import faults
from automation.ledger.wording.reading import block_called
from automation.text.catalogue import Message
from automation.text.templates import TEMPLATES
from sheet_schema import LANGUAGES, Language
from sheet_schema.vocabulary import NoticeKind, Role
from sheet_schema.wording import PARTS, Placeholder

LETTERS = Path(__file__).parents[3] / "automation" / "mail" / "letters"


def test_every_mail_has_a_subject_and_an_opening_and_every_role_a_footer() -> None:
    keys = {block.key for block in BLOCKS}
    assert [kind for kind in NoticeKind if not {f"{kind}.subject", f"{kind}.opening"} <= keys] == []
    assert [role for role in Role if f"footer.{role}" not in keys] == []
    assert len(keys) == len(BLOCKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_found_by_its_name(language: Language) -> None:
    for block in BLOCKS:
        found = [block_called(name) for name in (f" {block.label(language).upper()} ", block.key)]
        assert found == [block, block]
        assert block.meaning(language) != "", block.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_ours_can_be_typed_as_it_is_shown(language: Language) -> None:
    found = {block.key: [*faults(block, block.ours_shown(language))] for block in BLOCKS if block.ours}
    assert {key: said for key, said in found.items() if said} == {}


def test_whatever_we_say_has_only_places_that_can_be_filled() -> None:
    for block in BLOCKS:
        said = [text for one in (*block.ours, *block.to_department) for text in (one.text, one.many)]
        places = {place for text in said for place in re.findall(r"{(\w+)}", text)}
        assert places <= set(block.places or {}), block.key


def test_what_people_type_depends_on_no_number() -> None:
    """So our first sentence alone may differ by number, and is shown in all its forms, also that to a department."""
    for block in BLOCKS:
        assert all(isinstance(one, Message) for one in block.ours), block.key
        forms = {form for one in (*block.ours[:1], *block.to_department[:1]) for form in (one.text, one.many) if form}
        assert len(block.ours_shown("en").split(" / ")) == max(1, len(forms)), block.key


def test_every_part_is_said_in_some_template_and_no_template_says_another() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.*")))
    said = set(re.findall(r"wording\.(\w+)", source))
    # The others are chosen by the letter, which names them.
    chosen = set(
        re.findall(r'"(closing\w*)"', "".join(path.read_text("utf-8") for path in sorted(LETTERS.glob("*.py"))))
    )
    of_mails = {block.part.key for block in BLOCKS if block.mail is not None}
    assert said | (chosen - {"closing_part"}) == of_mails


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_things_have_one_name(language: Language) -> None:
    for labels in ([block.label(language) for block in BLOCKS], [one.label(language) for one in Placeholder]):
        assert len(set(labels)) == len(labels)
    assert len({(part.key, part.meaning(language)) for part in PARTS}) == len(PARTS)


def test_nothing_that_may_be_confidential_can_be_put_in() -> None:
    """A new placeholder has to be thought about here: may every reader of every mail that has it know it?"""
    assert [one.key for one in Placeholder] == [
        "case_no", "case_nos", "step", "matter", "due_on", "came_on", "count", "department", "headline", "today", "time",
        "school", "workbook", "job", "hours", "limit", "sending", "asked", "reason",
    ]  # fmt: skip
    # A department is left out of the mail, and so of the sentence, where the case is restricted.
    assert [block.key for block in BLOCKS if Placeholder.DEPARTMENT in block.may_contain] == [
        "assignment.subject_copied"
    ]
