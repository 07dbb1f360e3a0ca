"""All assumptions about Google are on one list, in both languages, with what follows; and are tested if possible."""

from __future__ import annotations

from collections import Counter

import pytest

from automation.text.catalogue import Message
from automation.workbooks.google.probe.assumptions import ASSUMPTIONS, Assumption
from automation.workbooks.google.probe.trials import TRIALS
from sheet_schema import LANGUAGES


def is_said(words: Message) -> bool:
    """Whether there is a sentence in each language."""
    han = [any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in map(words.say, LANGUAGES)]
    return han == [False, True] and words.say("en")[-1] == "." and words.say("zh")[-1] == "。"


@pytest.mark.parametrize("one", ASSUMPTIONS, ids=lambda one: one.key)
def test_each_says_what_it_is_and_what_follows_in_both_languages(one: Assumption) -> None:
    texts = [one.says, one.otherwise, *([one.by_hand] if one.by_hand else [])]
    assert [is_said(words) for words in texts] == [True] * len(texts)


def test_whatever_a_program_can_try_is_tried_once_and_nothing_else() -> None:
    tried = Counter(key for trial in TRIALS for key in trial.keys)
    assert tried == Counter(one.key for one in ASSUMPTIONS if one.can_be_probed)


def test_no_two_are_called_the_same() -> None:
    assert len({one.key for one in ASSUMPTIONS}) == len(ASSUMPTIONS)
