"""A sentence in the language that is asked for, and several things after each other."""

from __future__ import annotations

import pytest
from babel.lists import format_list
from babel.numbers import format_percent

from automation.text.catalogue import (
    MORE_DAYS,
    Message,
    Row,
    Sentences,
    clauses,
    counted,
    cut_short,
    groups,
    in_a_row,
    listed,
    msg,
    sentences,
    with_note,
)
from sheet_schema import LANGUAGES
from sheet_schema.languages import traits

MAILS = {"mails": counted("1 mail", "{n} mails"), "mails0": msg("nothing"), "clear": msg("It is clear to me.")}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (msg("Topic"), ["Topic", "反映事项"]),
        (msg("Late", "nowhere said so"), ["Late", "Late"]),
        (msg("Received", "indicator"), ["Received", "收到件数"]),
        (msg("Received"), ["Received", "收到"]),
        (msg("{first} to {last}").of(first=1, last=2), ["1 to 2", "1至2"]),
        (counted("1 mail", "{n} mails").of(n=1), ["1 mail", "邮件1封"]),
        (counted("1 mail", "{n} mails").of(n=2), ["2 mails", "邮件2封"]),
        (counted("{n} day", "{n} days").of(n=3), ["3 days", "3天"]),
        (counted("{n} day", "{n} days", "time limit").of(n=3), ["3 days", "3日"]),
        (msg("nobody has translated this: {it}").of(it="x"), ["nobody has translated this: x"] * 2),
    ],
)
def test_a_sentence_in_each_language(message: Message, said: list[str]) -> None:
    assert [message.say(language) for language in LANGUAGES] == said


def test_sentences_within_a_sentence_are_said_in_its_language() -> None:
    within = msg("{first} to {last}").of(first=msg("Topic"), last=[msg("Received"), "x"])

    assert [within.say(language) for language in LANGUAGES] == ["Topic to Received and x", "反映事项至收到和x"]


def test_braces_of_what_is_said_are_no_places() -> None:
    assert msg("{first} to {last}").say("zh", first="{last}", last="{0}") == "{last}至{0}"


@pytest.mark.parametrize(("n", "said"), [(0, ["nothing"] * 2), (1, ["1 mail", "邮件1封"]), (5, ["5 mails", "邮件5封"])])
def test_a_table_of_sentences_has_one_for_none(n: int, said: list[str]) -> None:
    assert [Sentences(MAILS, language).say("mails", n=n) for language in LANGUAGES] == said
    assert (list(Sentences(MAILS, "en")), len(Sentences(MAILS, "en"))) == (list(MAILS), 3)


@pytest.mark.parametrize(
    ("join", "english", "chinese"),
    [
        (listed, "a, b and c", "a、b和c"),
        (in_a_row, "a, b, c", "a、b、c"),
        (clauses, "a, b, c", "a，b，c"),
        (groups, "a; b; c", "a；b；c"),
        (sentences, "a b c", "abc"),
    ],
)
def test_several_after_each_other(join: object, english: str, chinese: str) -> None:
    assert callable(join)
    assert [join("abc", language) for language in LANGUAGES] == [english, chinese]
    assert [join([], language) for language in LANGUAGES] == ["", ""]


def test_something_in_brackets() -> None:
    assert [with_note("Late", "3", "en"), with_note("超期", "3", "zh")] == ["Late (3)", "超期（3）"]


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (0, "", ""),
        (2, "a, b", "a、b"),
        (3, "a, b and 1 more", "a、b及另外1天"),
        (7, "a, b and 5 more", "a、b及另外5天"),
    ],
)
def test_a_list_cut_short_says_of_what_there_is_more(count: int, english: str, chinese: str) -> None:
    assert [cut_short("abcdefg"[:count], 2, MORE_DAYS, language) for language in LANGUAGES] == [english, chinese]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("several", [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]])
def test_things_in_a_sentence_are_joined_as_the_cldr_has_it(language: str, several: list[str]) -> None:
    locale = traits(language)["locale"]
    assert listed(several, language) == format_list(several, locale=locale)
    assert msg("{n}%").say(language, n=33) == format_percent(0.33, locale=locale)


@pytest.mark.parametrize(
    ("sentence", "value", "said"),
    [
        ("{it} came.", ["a", "b", "c"], "a, b and c came."),
        ("Came: {it}.", ["a", "b", "c"], "Came: a, b, c."),
        ("Some came ({it}).", ["a", "b"], "Some came (a, b)."),
        ("Rows {it}.", Row((3, 4)), "Rows 3, 4."),
        ("{it} came.", ["a"], "a came."),
        ("{it}", [], ""),
    ],
)
def test_a_list_behind_a_colon_or_in_brackets_has_no_and(sentence: str, value: list[object], said: str) -> None:
    assert msg(sentence).say("en", it=value) == said
