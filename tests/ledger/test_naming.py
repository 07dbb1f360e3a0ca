"""Whom a way of naming somebody means: tables of what an office may type, in both languages (docs/design.md#p5.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant
from tests.support.school_of_names import CHINESE, ENGLISH, FEW, ODD_CHINESE, ODD_ENGLISH

SCHOOLS = {"en": ENGLISH, "zh": CHINESE}
ALL_SCHOOLS = {
    "english": ENGLISH,
    "odd_english": ODD_ENGLISH,
    "chinese": CHINESE,
    "odd_chinese": ODD_CHINESE,
    "few": FEW,
}


def read(name: str) -> dict[str, object]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def table(language: str) -> dict[str, object]:
    return read(f"naming_{language}")


def names(meant: Meant) -> set[str]:
    return {f"#{party.name}" if party.is_department else party.name for party in meant.parties}


def wrong(directory: Directory, rows: object, *, strangers: bool) -> Iterator[str]:
    for row in rows:
        for text in row["texts"]:
            meant = directory.meant_by(text)
            found, expected = names(meant), set(row["means"])
            if not (found >= expected if row.get("at_least") else found == expected):
                yield f"{text!r} means {sorted(found)}, not {sorted(expected)}"
            if "unsure" in row and bool(meant.unsure) != row["unsure"]:
                yield f"{text!r} is unsure: {meant.unsure}"
            if bool(meant.strangers) != strangers:
                yield f"{text!r} has strangers: {meant.strangers}"


@pytest.mark.parametrize("language", SCHOOLS)
def test_everybody_meant_is_found_and_nobody_else(language: str) -> None:
    rows = table(language)["ways"]
    assert list(wrong(SCHOOLS[language], rows, strangers=False)) == []


@pytest.mark.parametrize("language", SCHOOLS)
def test_who_could_be_somebody_else_is_a_stranger(language: str) -> None:
    rows = table(language)["strangers"]
    assert list(wrong(SCHOOLS[language], rows, strangers=True)) == []


@pytest.mark.parametrize("language", SCHOOLS)
def test_what_names_nobody_here_hinders_nobody(language: str) -> None:
    texts, school = table(language)["hinders_nobody"], SCHOOLS[language]
    about = {text: meant for text in texts["about"] if (meant := school.meant_by(text)) != Meant()}
    mentions = school.mentioned_in(texts["summary"])
    assert (about, {texts["summary"][i]: names(meant) for i, meant in mentions.items()}) == ({}, {})


def said(directory: Directory, text: str, mentioned: Meant) -> dict[str, str]:
    meant = directory.meant_by(text)
    department = directory.department(text)
    everything = {
        "means": sorted(names(meant)),
        "unsure": [words for words, _ in meant.unsure],
        "strangers": meant.strangers,
        "summary": sorted(names(mentioned)),
        "in_doubt": [words for words, _ in mentioned.unsure],
        "one": [directory.person(text), department and f"#{department}"],
    }
    return {key: "; ".join(filter(None, values)) for key, values in everything.items() if any(values)}


@pytest.mark.parametrize("school", ALL_SCHOOLS)
def test_all_that_is_read_in_a_cell(school: str) -> None:
    cells, directory = read("whole_cells")[school], ALL_SCHOOLS[school]
    mentions = directory.mentioned_in(list(cells))
    found = {text: said(directory, text, mentions.get(i, Meant())) for i, text in enumerate(cells)}
    assert {text: found[text] for text in cells if found[text] != cells[text]} == {}
