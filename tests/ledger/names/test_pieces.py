"""A long text is read in pieces, in which every name of it stands whole."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Party
from automation.ledger.names.pieces import LONGEST, pieces_of
from tests.support.school_of_names import CHINESE, ENGLISH, department


@pytest.mark.parametrize("text", ["", "Mr Bell", "x" * LONGEST])
def test_a_short_text_is_one_piece(text: str) -> None:
    assert list(pieces_of(text)) == [text]


@pytest.mark.parametrize("text", ["He shouted at her. " * 200, "他骂了孩子。" * 500, "line\n" * 900])
def test_a_piece_ends_with_a_sentence(text: str) -> None:
    pieces = list(pieces_of(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= LONGEST and piece.rstrip(" ")[-1] in ".。\n" for piece in pieces if piece)


@pytest.mark.parametrize("before", range(LONGEST - 15, LONGEST + 2))
def test_a_name_at_any_place_of_a_text_without_sentences_is_found(before: int) -> None:
    western, chinese = "so " * (before // 3) + "x" * (before % 3), "好" * before
    english = ENGLISH.mentioned_in([f"{western} Robert Jones {western}"])
    han = CHINESE.mentioned_in([f"{chinese}王芳老师{chinese}"])
    assert (english[0].parties, han[0].parties) == ({Party("Robert Jones")}, {Party("王芳")})


def test_pages_in_a_cell_of_names_mean_who_is_mentioned_and_leave_it_open() -> None:
    page = "Mr Jones, the teacher said " * 200
    school = Directory(ENGLISH.people, (department("Art", head=page),))
    meant = school.meant_by(page)
    assert Party("Robert Jones") in meant.parties
    assert (bool(meant.strangers), school.leaves_open(page), school.person(page)) == (True, True, "")
