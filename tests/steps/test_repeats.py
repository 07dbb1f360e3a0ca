"""A case seems to repeat an earlier one of the same person with the same topic or a similar summary."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from automation.cases.register_lines import register_lines_of
from automation.steps.repeats import similarity, suggestions
from tests.support.ledger_in_memory import ledger, line, preset_rows

Row = dict[str, object]
TOPIC, OTHER_TOPIC = (str(row["name"]) for row in preset_rows("topics", "zh")[:2])


def suggested(register: Sequence[Row], filing: Sequence[Row] = ()) -> dict[str, str]:
    """For each case's number, the number of the case it seems to repeat."""
    numbers = {str(row["case_no"]) for row in (*register, *filing)}
    index = [{"case_no": number, "first_seen": "2026-03-02"} for number in sorted(numbers)]
    before = ledger(register=register, filing=filing, index=index)
    found = suggestions(before, register_lines_of(before))
    return {str(before.register["case_no"][i]): number for i, number in found.items()}


SECOND = {"LV-00002": "LV-00001"}
FIRST: Row = {
    "petitioner": "陈静",
    "contact": "13800000001",
    "topic": TOPIC,
    "summary": "作业太多，孩子每天十一点才睡",
}
STRANGER: Row = {"petitioner": "周明", "contact": "13900000009"}


# "same contact, or same name tolerant of spacing, width and punctuation, with the same topic or a similar summary;
# never for Anonymous, never again after `none`" (docs/design.md#p2.12). The earlier case is FIRST; the later one
# differs from it in `cells`.
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, SECOND, id="all-the-same"),
        pytest.param({"contact": "13900000009", "summary": "食堂"}, SECOND, id="same-name-same-topic"),
        pytest.param({"petitioner": "周明", "summary": "食堂"}, SECOND, id="same-contact-same-topic"),
        pytest.param({"contact": "13900000009", "topic": OTHER_TOPIC}, SECOND, id="same-name-same-summary"),
        pytest.param({"topic": OTHER_TOPIC, "summary": "作业太多！孩子每天十二点才睡"}, SECOND, id="similar-summary"),
        pytest.param({"topic": OTHER_TOPIC, "summary": "宿舍没有热水"}, {}, id="neither-topic-nor-summary"),
        pytest.param({"topic": "", "summary": ""}, {}, id="nothing-said-yet"),
        pytest.param(STRANGER, {}, id="another-person"),
        pytest.param({"contact": "", "petitioner": "陈 静"}, SECOND, id="name-spaced"),
        pytest.param({"contact": "", "petitioner": "陈·静"}, SECOND, id="name-with-a-dot"),
        pytest.param({"petitioner": "", "contact": "138-0000 0001"}, SECOND, id="contact-with-dashes"),
        pytest.param({"petitioner": "", "contact": "１３８０００００００１"}, SECOND, id="contact-in-full-width"),
        pytest.param({"petitioner": "", "contact": 13800000001}, SECOND, id="contact-kept-as-a-number"),
        pytest.param({"contact": "", "petitioner": "周明；陈静"}, SECOND, id="one-of-several-petitioners"),
        pytest.param({"petitioner": "", "contact": "a@b.example;13800000001"}, SECOND, id="one-of-several-contacts"),
        pytest.param({"repeat_of": "无"}, {}, id="looked-at-and-is-none"),
        pytest.param({"repeat_of": "LV-00001"}, {}, id="said-already"),
        pytest.param({"contact": "", "petitioner": "陈静静"}, {}, id="a-longer-name"),
        pytest.param({"petitioner": "13800000001", "contact": "陈静"}, {}, id="names-are-not-contacts"),
    ],
)
def test_the_later_case(cells: Row, expected: dict[str, str]) -> None:
    assert suggested([line("LV-00001", **FIRST), line("LV-00002", **{**FIRST, **cells})]) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"petitioner": "匿名", "contact": ""}, {}, id="anonymous"),
        pytest.param({"petitioner": "Anonymous", "contact": ""}, {}, id="anonymous-in-english"),
        pytest.param({"petitioner": "匿名", "contact": "13800000001"}, SECOND, id="anonymous-by-telephone"),
        pytest.param({"petitioner": "陈", "contact": ""}, {}, id="a-surname-alone"),
        pytest.param({"petitioner": "", "contact": "8001"}, {}, id="an-extension-number-of-many"),
        pytest.param({"petitioner": "", "contact": "68001"}, SECOND, id="five-digits"),
        pytest.param({"petitioner": "", "contact": ""}, {}, id="nobody"),
        pytest.param({"topic": "", "summary": ""}, {}, id="nothing-said-in-either"),
    ],
)
def test_two_cases_alike_but_for_who_it_is(cells: Row, expected: dict[str, str]) -> None:
    both = {**FIRST, **cells}
    assert suggested([line("LV-00001", **both), line("LV-00002", **both)]) == expected


def test_the_latest_of_several_earlier_ones_is_named() -> None:
    register = [line(f"LV-0000{n}", **{**FIRST, "contact": ""}) for n in (1, 2, 3)]
    assert suggested(register) == {"LV-00002": "LV-00001", "LV-00003": "LV-00002"}


@pytest.mark.parametrize(
    ("repeat_of", "hidden", "expected"),
    [
        ("", {"LV-00002"}, {"LV-00003": "LV-00001"}),
        ("LV-00002", {"LV-00002"}, {"LV-00003": "LV-00001"}),
        ("LV-00002", set(), {"LV-00002": "LV-00001"}),
    ],
)
def test_a_hidden_case_is_as_if_it_were_not_there(repeat_of: str, hidden: set[str], expected: dict[str, str]) -> None:
    register = [line(f"LV-0000{n}", **FIRST) for n in (1, 2)] + [line("LV-00003", repeat_of=repeat_of, **FIRST)]
    index = [{"case_no": row["case_no"], "first_seen": "2026-03-02"} for row in register]
    before = ledger(register=register, index=index)
    found = suggestions(before, register_lines_of(before), hidden)
    assert {str(before.register["case_no"][i]): number for i, number in found.items()} == expected


def test_earlier_means_a_lower_number_wherever_it_stands() -> None:
    assert suggested([line("LV-00002", **FIRST), line("LV-00001", **FIRST)]) == SECOND


def test_an_earlier_case_judged_to_be_none_may_still_be_repeated() -> None:
    register = [line("LV-00001", repeat_of="无", **FIRST), line("LV-00002", **FIRST)]
    assert suggested(register) == SECOND


def test_the_alike_one_among_many_of_the_same_person() -> None:
    other = {**FIRST, "topic": OTHER_TOPIC, "summary": "宿舍没有热水"}
    register = [line("LV-00001", **FIRST), line("LV-00002", **other), line("LV-00003", **FIRST)]
    assert suggested(register) == {"LV-00003": "LV-00001"}


# Filed cases count as well.
@pytest.mark.parametrize(
    ("filed", "live", "expected"),
    [
        pytest.param(["LV-00001"], ["LV-00002"], SECOND, id="filed"),
        pytest.param(["LV-00001"], ["LV-00002", "LV-00003"], {**SECOND, "LV-00003": "LV-00002"}, id="filed-then-live"),
        pytest.param(
            ["LV-00002"], ["LV-00001", "LV-00003"], {"LV-00003": "LV-00002"}, id="a-later-one-stays-later-once-filed"
        ),
    ],
)
def test_filed_cases_count(filed: Sequence[str], live: Sequence[str], expected: dict[str, str]) -> None:
    cases, archive = ([line(number, **FIRST) for number in numbers] for numbers in (live, filed))
    assert suggested(cases, archive) == expected


def test_rows_in_doubt_repeat_nothing_and_are_not_repeated() -> None:
    register = [line("LV-00001", **FIRST), line("LV-00001", **FIRST), line("LV-00002", **FIRST)]
    assert suggested(register) == {}


# Two summaries are similar if they have at least half of their letter pairs in common.
@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("abcde", "abcde", 1.0),
        ("abcde", "vwxyz", 0.0),
        ("abc", "bcd", 0.5),
        ("abcd", "cdef", 1 / 3),
        ("a", "a", 0.0),
        ("", "abc", 0.0),
        ("ab" * 300, "ab" * 250 + "c" * 100, 1.0),
    ],
)
def test_similarity(one: str, other: str, share: float) -> None:
    assert (similarity(one, other), similarity(other, one)) == (share, share)


@pytest.mark.parametrize(("summary", "expected"), [("bcd", SECOND), ("cdef", {})])
def test_half_in_common_is_similar(summary: str, expected: dict[str, str]) -> None:
    earlier = "abc" if summary == "bcd" else "abcd"
    register = [
        line("LV-00001", **{**FIRST, "summary": earlier}),
        line("LV-00002", **{**FIRST, "summary": summary, "topic": OTHER_TOPIC}),
    ]
    assert suggested(register) == expected
