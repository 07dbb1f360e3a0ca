"""Every letter of every preset in every language: it says all that the rules ask for, as a Word file and as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.letters.objections import Considered, considered
from automation.cases.letters.placeholders import places_in
from automation.forms.letters.as_pdf import letter_pdf
from automation.forms.letters.filling import Template, all_text, filled_in
from automation.forms.letters.own_template import own_template
from automation.ledger.parsing import parse
from sheet_schema import REGISTER, SETTING, Language
from sheet_schema.letter_files import PRESETS, LetterDeclared, letters_of
from sheet_schema.letter_words import LetterKind
from sheet_schema.vocabulary import CaseOutcome
from tests.support.ledger_in_memory import NOW, line, snapshot

LANGUAGES: tuple[Language, ...] = ("zh", "en")
KINDS = [(preset, kind) for preset in PRESETS for kind in letters_of(preset)]
OUTCOMES = [one.key for one in CaseOutcome]
TEXTS = {
    "summary": "作业太多 & <b>", "reason": "属于房管部门职权", "result": "经查属实\n已整改", "basis": "《义务教育法》第三十五条",
    "other_body": "市教育局", "asked_for": "作业照片", "superior_ref": "教信7号", "review_result": "维持",
    "extension_reason": "需外调",
}  # fmt: skip


def _rows(declared: LetterDeclared) -> Iterator[dict[str, object]]:
    """The case of each outcome that this kind of letter is about."""
    for outcome in OUTCOMES if "outcome" in declared.demands else OUTCOMES[:1]:
        yield line(
            **TEXTS,
            decision=(declared.decisions or ("accept",))[0],
            channel=(declared.channels or ("visit",))[0],
            decided_on="2026-03-04",
            procedure="court",
            outcome=outcome,
            replied_on="2026-03-17",
            superior_due="2026-04-20",
            review_on="2026-03-18",
            extended_to="2026-04-10",
            extension_by="赵刚",
            department="教务处",
            letters_made="2026-03-17 | 受理告知书 | LV-00001.docx",
        )


@cache
def cases(preset: str, language: Language) -> tuple[Cases, dict[str, list[int]]]:
    """One ledger with all of them, and which rows are for which kind."""
    rows: list[dict[str, object]] = []
    at: dict[str, list[int]] = {}
    for kind, declared in letters_of(preset).items():
        for row in _rows(declared):
            at.setdefault(kind, []).append(len(rows))
            rows.append({**row, "case_no": f"LV-{len(rows) + 1:05}"})
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for row in rows]
    settings = {"school_name": "第一中学", "school_phone": "010-1", "preset": preset}
    said = [{"name": SETTING[key].label(language), "value": value} for key, value in settings.items()]
    labelled = [_in_language(row, language) for row in rows]
    ledger = parse(snapshot(language, register=labelled, index=index, settings=said))
    return cases_of(ledger, NOW), at


def _in_language(row: dict[str, object], language: Language) -> dict[str, object]:
    """The row with each choice as that language calls it."""
    return {
        key: column.choices.of(column.keys_by_word.get(str(value), str(value))).label(language)
        if (column := REGISTER[key]).choices is not None and value in {*column.choices} | {*column.keys_by_word}
        else value
        for key, value in row.items()
    }


def letter(one: Considered, language: Language) -> str:
    """All that the letter says, filled into our template."""
    template = Template("", own_template(one.declared, language))
    word = filled_in(template, one.facts.values, one.declared, language)
    assert letter_pdf(word, language).startswith(b"%PDF")
    return "".join(all_text(word).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("preset", "kind"), KINDS)
def test_each_letter_says_all_that_the_rules_ask_for(preset: str, kind: str, language: Language) -> None:
    known, at = cases(preset, language)
    for position in at[kind]:
        one = considered(known, position, kind)
        assert one.objections == ()
        blank = [place for place in (*one.declared.demands, *_placed(one)) if not one.facts.values[place]]
        assert blank == []
    said = letter(one, language)
    assert [p for p in one.declared.demands if "".join(one.facts.values[p].split()) not in said] == []
    assert "{" not in said


def _placed(one: Considered) -> list[str]:
    return [place for text in one.declared.lines("zh") for place in places_in(text)]


@pytest.mark.parametrize(("preset", "kind"), [one for one in KINDS if one[1] in ("answer", "final", "report")])
def test_each_outcome_is_said_in_words(preset: str, kind: str) -> None:
    for language in LANGUAGES:
        known, at = cases(preset, language)
        outcomes = [considered(known, position, kind).facts.values["outcome"] for position in at[kind]]
        assert outcomes == [one.label(language) for one in CaseOutcome]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (
            "accepted",
            {"received": "2026年3月2日", "decided": "2026年3月4日", "day": "2026年3月18日", "office": "第一中学"},
        ),
        (
            "extended",
            {"old_due": "2026年4月3日", "old_rule": "自2026年3月4日受理之日起30日", "extended_to": "2026年4月10日"},
        ),
        ("answer", {"remedy_time": "30日", "remedy_until": "2026年4月17日", "outcome": "支持"}),
        ("final", {"remedy_time": "30日", "remedy_until": "2026年4月17日", "replied": "2026年3月17日"}),
        ("report", {"superior_ref": "教信7号", "superior_due": "2026年4月20日", "department": "教务处"}),
    ],
)
def test_days_and_remedies_are_worked_out_with_their_rule(kind: str, values: dict[str, str]) -> None:
    known, at = cases("cn-school", "zh")
    facts = considered(known, at[kind][0], kind).facts.values
    assert {place: facts[place] for place in values} == values


def test_the_law_is_named_where_a_letter_rests_on_it() -> None:
    known, at = cases("cn-school", "zh")
    articles = {
        "accepted": "二十三", "declined": "二十三", "elsewhere": "二十三", "procedure": "三十一", "referral": "二十三",
        "extended": "三十四", "answer": "三十五", "final": "三十六", "report": "二十二",
    }  # fmt: skip
    for kind, article in articles.items():
        one = considered(known, at[kind][0], kind)
        said = "".join((*one.declared.lines("zh"), one.facts.values["remedy"]))
        assert f"第{article}条" in said, kind


def test_no_kind_is_left_out_of_a_preset() -> None:
    kinds = {one.key for one in LetterKind}
    assert [preset for preset in PRESETS if {*letters_of(preset)} != kinds] == []
