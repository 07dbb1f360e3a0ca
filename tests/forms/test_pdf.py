"""The PDF: the right number of pages, every letter legible whatever fonts the machine has, always the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from automation.forms.fonts import LETTERS
from automation.forms.pdf import document, pdf
from automation.forms.shapes import HEIGHT, POINT, Box, Panel, Paper, Part
from sheet_schema import LANGUAGES, Language
from tests.support.papers import SHEETS, form_saying, papers

VERA = LETTERS[-1:]
"""A font that comes with reportlab, so that every machine has it."""


def content(paper: Paper, letters: tuple[Path, ...] = ()) -> bytes:
    """The PDF, not compressed, as made on a machine with no fonts to embed but these."""
    return document(paper, (), letters, packed=False).getpdfdata()  # type: ignore[no-any-return]


def saying(text: str, language: Language = "en") -> Paper:
    panel = Panel("Form", "School", "LV-00001", (Part("", (Box("Said", text),)),))
    return Paper(language, "Form", (panel,))


def shown(data: bytes) -> list[tuple[str, str]]:
    """Each piece of text as drawn, with its font; in an embedded font, the number of its glyphs."""
    fonts = {}
    for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", data):
        [about] = re.findall(rb"\n%s 0 obj\n(.*?)endobj" % number, data, re.DOTALL)
        fonts[name] = re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", about)[0].decode()
    found, font = [], ""
    for name, text in re.findall(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", data, re.DOTALL):
        font = fonts[name] if name else font
        if not name:
            found.append((font, _letters(text, font)))
    return found


def _letters(text: bytes, font: str) -> str:
    plain = re.sub(rb"\\([0-7]{3}|.)", lambda one: bytes([int(one[1], 8)]) if one[1].isdigit() else one[1], text)
    if font == "STSong-Light":
        return plain.decode("utf-16-be")
    return plain.decode("cp1252") if font.startswith("Helvetica") else f"{len(plain)} glyphs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_as_many_pages_as_there_are_sheets(language: Language) -> None:
    pages = {name: len(re.findall(rb"/Type /Page\b", pdf(paper, (), VERA))) for name, paper in papers(language).items()}

    assert pages == SHEETS


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_paper_says(language: Language) -> None:
    for name, paper in papers(language).items():
        drawn = "".join(text for _, text in shown(content(paper))).replace(" ", "")
        assert [
            box.text
            for panel in paper.panels
            for part in panel.parts
            for box in part.boxes
            if box.text.replace(" ", "").replace("\n", "") not in drawn
        ] == [], name
        assert all(panel.number in drawn and panel.title.replace(" ", "") in drawn for panel in paper.panels)


@pytest.mark.parametrize(
    ("text", "language", "letters", "drawn"),
    [
        pytest.param("Zoë “said” – é", "en", (), [("Helvetica", "Zoë “said” – é")], id="Latin"),
        pytest.param(
            "Ann 陈静;",
            "en",
            (),
            [("Helvetica", "Ann "), ("STSong-Light", "陈静"), ("Helvetica", ";")],
            id="a-Chinese-name-in-an-English-form",
        ),
        pytest.param(
            "陈“静”—é",
            "zh",
            (),
            [("STSong-Light", "陈“静”—"), ("Helvetica", "é")],
            id="Chinese-has-its-own-marks",
        ),
        pytest.param(
            "Łukasz",
            "en",
            VERA,
            [("BitstreamVeraSans-Roman", "1 glyphs"), ("Helvetica", "ukasz")],
            id="Polish",
        ),
        pytest.param("Łukasz 😀", "en", (), [("Helvetica", "?ukasz ?")], id="no-font-has-it"),
        pytest.param(
            "陈",
            "en",
            (Path("no/such/font.ttf"), Path(__file__)),
            [("STSong-Light", "陈")],
            id="fonts-that-are-none",
        ),
    ],
)
def test_each_letter_is_drawn_in_a_font_that_has_it(
    text: str, language: Language, letters: tuple[Path, ...], drawn: list[tuple[str, str]]
) -> None:
    assert shown(content(saying(text, language), letters))[-len(drawn) :] == drawn


def test_a_letter_is_drawn_in_the_font_asked_for_whatever_was_drawn_before_in_another() -> None:
    bold_vera = VERA[0].with_name("VeraBd.ttf")

    drawn = [shown(content(saying("Ł"), letters))[-1] for letters in ((bold_vera,), VERA)]

    assert drawn == [("BitstreamVeraSans-Bold", "1 glyphs"), ("BitstreamVeraSans-Roman", "1 glyphs")]


def test_a_bold_title_in_a_font_without_bold_letters_is_drawn_thick() -> None:
    assert len(re.findall(rb" 2 Tr ", content(papers("zh")["form"]))) == 4  # and three headings


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = form_saying("zh", "Łukasz “said” 陈静")

    assert pdf(paper, (), VERA) == pdf(paper, (), VERA)


def test_nothing_is_drawn_beyond_the_sheet_or_over_the_next_panel() -> None:
    for paper in papers("en").values():
        data = content(paper)
        feet = [float(y) for y in re.findall(rb"1 0 0 1 [\d.]+ ([\d.-]+) Tm", data)]
        assert min(feet) > 0
        assert max(feet) < HEIGHT / POINT


def test_what_a_cell_holds_is_never_markup_of_the_file() -> None:
    assert shown(content(saying("a) Tj (b\\ <b>c</b> %d")))[-1:] == [("Helvetica", "a) Tj (b\\ <b>c</b> %d")]
