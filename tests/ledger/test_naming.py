"""Whom a way of naming somebody means: tables of what an office may type, in both languages (docs/design.md#p5.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.ledger.directory import Directory
from automation.ledger.meant import Meant
from tests.support.school_of_names import CHINESE, ENGLISH

SCHOOLS = {"en": ENGLISH, "zh": CHINESE}


def table(language: str) -> dict[str, object]:
    return tomllib.loads((Path(__file__).parent / f"naming_{language}.toml").read_text("utf-8"))


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
