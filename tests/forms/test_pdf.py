"""The PDF: every letter of every text, legible, whatever fonts the machine has, within its margins; always the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from automation.forms.fonts import LETTERS
from automation.forms.pdf import document, pdf
from automation.forms.shapes import HEIGHT, SIDE, WIDTH, Box, Panel, Paper, Part
from sheet_schema import LANGUAGES, Language
from tests.support.papers import SHEETS, form_saying, papers, summed_up

VERA = LETTERS[-1:]
"""A font that comes with reportlab, so that every machine has it."""


POINT = 25.4 / 72
STRING = rb"\(((?:\\.|[^\\)])*)\)"


def content(paper: Paper, letters: tuple[Path, ...] = ()) -> bytes:
    """The PDF, not compressed, as made on a machine with no fonts to embed but these."""
    return document(paper, (), letters, packed=False).getpdfdata()  # type: ignore[no-any-return]


def saying(text: str, language: Language = "en") -> Paper:
    panel = Panel("Form", "School", "LV-00001", (Part("", (Box("Said", text),)),))
    return Paper(language, "Form", (panel,))


def shown(data: bytes) -> list[tuple[str, str]]:
    """The stretches of each text in one font, with that font; in an embedded one, the number of their glyphs."""
    fonts = {}
    for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", data):
        [about] = re.findall(rb"\n%s 0 obj\n(.*?)endobj" % number, data, re.DOTALL)
        fonts[name] = re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", about)[0].decode()
    found: list[tuple[str, str]] = []
    for text_object in data.split(b"\nBT ")[1:]:
        font, before = "", ""
        for name, text in re.findall(
            rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|" + STRING + rb" Tj", text_object.partition(b" ET")[0], re.DOTALL
        ):
            font = fonts[name] if name else font
            if not name and font == before:
                found[-1] = (font, found[-1][1] + _letters(text, font))
            elif not name:
                found.append((font, _letters(text, font)))
                before = font
    return found


def _letters(text: bytes, font: str) -> str:
    plain = re.sub(rb"\\([0-7]{3}|.)", lambda one: bytes([int(one[1], 8)]) if one[1].isdigit() else one[1], text)
    if font == "STSong-Light":
        return plain.decode("utf-16-be")
    return plain.decode("cp1252") if font.startswith("Helvetica") else f"{len(plain)} glyphs"


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", data))


def points(data: bytes) -> list[tuple[float, float]]:
    """Where texts begin and lines begin and end, in millimetres from the lower left corner of their page."""
    found, stack, now = [], [], (1.0, 0.0, 0.0)
    number = rb"(-?[\d.]+)"
    steps = rb"\b(q|Q)\b|" + rb" ".join([number] * 6) + rb" (cm|Tm)\b|" + rb" ".join([number] * 2) + rb" ([ml])\b"
    for state, scale, _, _, _, right, up, kind, x, y, _ in re.findall(steps, re.sub(STRING, b"", data)):
        size, left, low = now
        if state == b"q":
            stack.append(now)
        elif state == b"Q":
            now = stack.pop()
        elif kind == b"cm":
            now = (size * float(scale), left + size * float(right), low + size * float(up))
        else:
            here = (float(x or right), float(y or up))
            found.append(((left + size * here[0]) * POINT, (low + size * here[1]) * POINT))
    return found


def letters(data: bytes) -> str:
    return "".join(text for _, text in shown(data)).replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_as_many_pages_as_there_are_sheets(language: Language) -> None:
    found = {name: pages(pdf(paper, (), VERA)) for name, paper in papers(language).items() if name != "longest"}

    assert found == {name: sheets for name, sheets in SHEETS.items() if name != "longest"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_paper_says(language: Language) -> None:
    for name, paper in papers(language).items():
        if name == "longest":
            continue
        drawn = letters(content(paper))
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
    assert len(re.findall(rb"\b2 Tr\b", content(papers("zh")["form"]))) == 4  # and three headings


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = form_saying("zh", "Łukasz “said” 陈静")

    assert pdf(paper, (), VERA) == pdf(paper, (), VERA)


LONG = "来访人反映 the soup was cold, "
"""Eleven letters of English and five of Chinese, as often as a test needs it."""


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_drawn_beyond_the_margins(language: Language, name: str) -> None:
    paper = papers(language)[name]
    across, up = zip(*points(content(paper)), strict=True)

    edge = paper.edge if paper.on_a_sheet == 1 else 0
    assert (min(up) > edge - 0.1, max(up) < HEIGHT - edge + 0.1) == (True, True)
    assert (min(across) >= 0, max(across) < WIDTH + 0.1) == (True, True)


@pytest.mark.parametrize(
    ("times", "sheets", "smaller"),
    [(1, 1, 1.0), (20, 1, 1.0), (45, 1, 1.1), (80, 1, 1.2), (110, 1, 1.3), (140, 1, 1.4), (150, 1, 1.5), (300, 3, 1.0)],
)
def test_what_is_long_is_set_smaller_and_goes_on_overleaf(times: int, sheets: int, smaller: float) -> None:
    """No letter of it is cut, and none is smaller than 7 points."""
    data = content(summed_up("en", LONG * times))
    scales = {round(1 / float(one), 1) for one in re.findall(rb"([\d.]+) 0 0 [\d.]+ 0 0 cm", data)}

    assert (pages(data), scales) == (sheets, {1.0, smaller})
    assert letters(data).count("来访人反映") == letters(data).count("thesoupwascold,") == times
    assert letters(data).count("LV-00001") == sheets


@pytest.mark.parametrize("times", [0, 1, 20, 45, 80, 90, 110, 140, 150])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_fills_its_sheet(language: Language, times: int) -> None:
    """What is left goes to boxes with much to say, or to lines to write on."""
    lowest = min(up for _, up in points(content(summed_up(language, LONG * times))))

    assert lowest == pytest.approx(SIDE, abs=0.1)


def test_what_a_cell_holds_is_never_markup_of_the_file() -> None:
    assert shown(content(saying("a) Tj (b\\ <b>c</b> %d")))[-1:] == [("Helvetica", "a) Tj (b\\ <b>c</b> %d")]
