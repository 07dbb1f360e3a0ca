"""The page: one file that needs nothing else, where cells stay text and a screen reader reads all of it."""

from __future__ import annotations

import re

import pytest
from lxml import html

from automation.forms.page import page
from automation.forms.shapes import Paper
from sheet_schema import LANGUAGES, Language
from tests.support.papers import SHEETS, form_saying, papers

MARKUP = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} & \" ' </dd><img src=x onerror=y>"


def tree(paper: Paper) -> html.HtmlElement:
    return html.document_fromstring(page(paper))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_as_many_sheets_and_panels_as_the_paper(language: Language) -> None:
    for name, paper in papers(language).items():
        found = tree(paper)
        assert len(found.find_class("sheet")) == SHEETS[name]
        assert [one.get("aria-label").strip() for one in found.iter("section")] == [
            f"{panel.title} {panel.number} {panel.aside}".strip() for panel in paper.panels
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_box_is_a_term_and_what_is_said_of_it(language: Language) -> None:
    for paper in papers(language).values():
        found = tree(paper)
        boxes = [box for panel in paper.panels for part in panel.parts for box in part.boxes]
        assert [dt.text for dt in found.iter("dt")] == [box.label for box in boxes]
        assert [dd.text or "" for dd in found.iter("dd")] == [box.text for box in boxes]
        assert [dd.get("class") == "ruled" for dd in found.iter("dd")] == [box.ruled for box in boxes]


def test_text_from_a_cell_is_never_markup_or_a_template() -> None:
    found = tree(form_saying("en", MARKUP))

    assert MARKUP in [dd.text for dd in found.iter("dd")]
    assert [*found.iter("script"), *found.iter("img")] == []


@pytest.mark.parametrize(("language", "lang"), [("en", "en-GB"), ("zh", "zh-CN")])
def test_it_stands_alone_and_says_in_which_language(language: Language, lang: str) -> None:
    text = page(papers(language)["form"])
    found = html.document_fromstring(text)

    assert (found.get("lang"), found.findtext(".//title")) == (lang, papers(language)["form"].title)
    assert [len(list(found.iter(tag))) for tag in ("main", "h1", "link", "script", "img")] == [1, 1, 0, 0, 0]
    assert re.findall(r"https?:|url\(|@import", text) == []


def test_printed_boxes_are_as_high_as_the_paper_has_them_and_higher_where_there_is_more_to_say() -> None:
    paper = papers("en")["longest"]
    heights = re.findall(r"--height: ([\d.]+)mm", page(paper))

    assert heights == [f"{box.height:.2f}" for part in paper.panels[0].parts for box in part.boxes]
    assert ".box, .tall { min-height: var(--height) }" in page(paper)
    assert "overflow: hidden" not in page(paper)
