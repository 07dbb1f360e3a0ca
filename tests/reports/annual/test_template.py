"""The yearly document takes its look from a template: ours, or the office's own, of which nothing else gets into it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from automation.ledger.errors import LedgerError
from automation.reports.annual.annual import annual_docx
from automation.reports.annual.template import STYLES, template_at
from sheet_schema import LANGUAGES, Language
from tests.reports.annual.test_annual import everything, text

CANARY = "Canary"


def opened(document: bytes) -> WordDocument:
    return Document(io.BytesIO(document))


def restyled(folder: Path, language: Language = "en") -> Path:
    """A summary as an office restyled it: another font, wider margins, a header."""
    word = opened(annual_docx(everything(language)))
    word.styles["Heading 1"].font.name = "Georgia"  # type: ignore[attr-defined]
    word.styles["Table Text"].font.size = Pt(11)  # type: ignore[attr-defined]
    word.sections[0].left_margin = Mm(40)
    word.sections[0].header.paragraphs[0].add_run("Northfield School Trust")
    path = folder / "template.docx"
    word.save(str(path))
    return path


@pytest.mark.parametrize(
    ("language", "fonts", "margins"),
    [
        ("en", [("Arial", 20.0), ("Arial", 15.0), ("Arial", 9.0), (None, None)], [23, 22, 22, 22]),
        (
            "zh",  # GB/T 9704, one size smaller
            [("Times New Roman", 22.0), ("Times New Roman", 15.0), ("Times New Roman", 9.0), (None, None)],
            [37, 26, 35, 28],
        ),
    ],
)
def test_our_own_templates(
    language: Language, fonts: list[tuple[str | None, float | None]], margins: list[int]
) -> None:
    word = template_at(None, language)
    found = [word.styles[name].font for name in ("Title", "Heading 1", "Table Text", "Body Text")]  # type: ignore[attr-defined]
    [page] = word.sections
    sides = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)

    assert {name: word.styles[name].type for name in STYLES} == STYLES
    assert [(font.name, font.size and font.size.pt) for font in found] == fonts
    assert [round(side.mm) for side in sides if side is not None] == margins
    assert [*word.element.body] == [word.element.body.sectPr]


def test_chinese_is_set_as_official_documents_are() -> None:
    styles = template_at(None, "zh").styles.element
    faces = {
        name: styles.xpath(f"w:style[w:name/@w:val='{name}']//w:rFonts/@w:eastAsia")
        for name in ("Title", "heading 1", "heading 2")
    }

    assert faces == {"Title": ["黑体"], "heading 1": ["黑体"], "heading 2": ["楷体"]}
    assert styles.xpath("w:docDefaults//w:rFonts/@w:eastAsia") == ["仿宋"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_restyled_summary_is_the_template_of_the_next_one(tmp_path: Path, language: Language) -> None:
    report = everything(language)
    ours, theirs = (annual_docx(report, own) for own in (None, restyled(tmp_path, language)))
    word = opened(theirs)

    assert text(theirs) == text(ours)
    assert word.styles["Heading 1"].font.name == "Georgia"  # type: ignore[attr-defined]
    assert word.sections[0].header.paragraphs[0].text == "Northfield School Trust"
    assert [table.style.name for table in word.tables if table.style] == ["Report Table"] * len(word.tables)


def test_tables_and_charts_fit_the_templates_page(tmp_path: Path) -> None:
    word = opened(annual_docx(everything("en"), restyled(tmp_path)))
    widths = {round(sum(column.width or 0 for column in table.columns) / Mm(1)) for table in word.tables}

    assert widths == {210 - 40 - 22}
    assert {round(shape.width / Mm(1)) for shape in word.inline_shapes} == widths


def test_the_letters_of_a_chart_are_those_of_its_tables(tmp_path: Path) -> None:
    charts = [
        ZipFile(io.BytesIO(annual_docx(everything("en"), own))).read("word/charts/chart1.xml")
        for own in (None, restyled(tmp_path))
    ]

    assert [[size for size in (b'sz="900"', b'sz="1100"') if size in chart] for chart in charts] == [
        [b'sz="900"'],
        [b'sz="1100"'],
    ]
    assert all(b'schemeClr val="accent1"' in chart and b"Arial" in chart for chart in charts)


def test_nothing_written_in_a_template_gets_into_the_document(tmp_path: Path) -> None:
    """Its text, its properties, its charts and their workbooks: an old summary names old cases."""
    word = opened(annual_docx(everything("en")))
    word.paragraphs[3].add_run(CANARY)
    word.core_properties.title = word.core_properties.category = word.core_properties.identifier = CANARY
    word.add_comment(word.paragraphs[3].runs[0], CANARY, CANARY)
    path = tmp_path / "template.docx"
    word.save(str(path))

    document = annual_docx(everything("en"), path)
    archive = ZipFile(io.BytesIO(document))

    assert [name for name in archive.namelist() if CANARY.encode() in archive.read(name)] == []
    assert sorted(archive.namelist()) == sorted(ZipFile(io.BytesIO(annual_docx(everything("en")))).namelist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_with_a_footer_of_its_own_keeps_it(tmp_path: Path, language: Language) -> None:
    word = template_at(None, language)
    word.sections[0].footer.paragraphs[0].add_run("Northfield School Trust")
    path = tmp_path / "template.docx"
    word.save(str(path))

    [footer] = opened(annual_docx(everything(language), path)).sections[0].footer.paragraphs

    assert footer.text == "Northfield School Trust"


def test_one_saved_by_libreoffice_will_do(tmp_path: Path) -> None:
    """It writes other names for Word's own styles, and styles of its own beside them."""
    word = template_at(None, "en")
    for style in word.styles.element.style_lst:
        style.name_val = {"heading 1": "Heading 1", "heading 2": "Heading 2", "footer": "Footer"}.get(
            style.name_val, style.name_val
        )
    caption = word.styles.element.add_style_of_type("Caption", WD_STYLE_TYPE.PARAGRAPH, False)
    caption.name_val = "Caption"
    path = tmp_path / "template.docx"
    word.save(str(path))

    made = opened(annual_docx(everything("en"), path))

    assert {"Heading 1", "Heading 2"} <= {one.style.name for one in made.paragraphs if one.style}
    assert {one.style.style_id for one in made.paragraphs if one.style and one.style.name == "Caption"} == {"Caption"}


# Templates that cannot be used


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("Dear all", "utf-8")


def _a_folder(path: Path) -> None:
    path.mkdir()


def _other_zip(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "b")


def _broken_xml(path: Path) -> None:
    whole = ZipFile(io.BytesIO(annual_docx(everything("en"))))
    with ZipFile(path, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name).replace(b"</w:styles>", b""))


def _word_template(path: Path) -> None:
    whole = ZipFile(io.BytesIO(annual_docx(everything("en"))))
    with ZipFile(path, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name).replace(b"document.main+xml", b"template.main+xml"))


@pytest.mark.parametrize("make", [_nothing, _text, _a_folder, _other_zip, _broken_xml, _word_template])
def test_what_is_no_word_document_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "template.docx"
    make(path)

    with pytest.raises(LedgerError) as refused:
        template_at(path, "zh")

    assert [refused.value.say(language) for language in LANGUAGES] == [
        f"{path} cannot be read as a Word document: open it in Word and save it as .docx, or take it away, and our own styles are used.",
        f"{path}无法作为Word文档读取：请用Word打开后另存为.docx；或移走该文件，改用程序自带的样式。",
    ]


def test_one_that_lacks_styles_is_refused_and_says_which(tmp_path: Path) -> None:
    path = tmp_path / "template.docx"
    word = template_at(None, "en")
    for name in ("Figure", "Report Table"):
        word.styles[name].delete()  # type: ignore[attr-defined]
    word.styles.add_style("Figure", WD_STYLE_TYPE.CHARACTER)
    word.save(str(path))

    said = []
    for language in LANGUAGES:
        with pytest.raises(LedgerError) as refused:
            template_at(path, language)
        said.append(refused.value.say(language))

    assert said == [
        f"{path} lacks these styles: Figure, Report Table. Take a summary that this program wrote, restyle it in Word and save it under that name; or take the file away, and our own styles are used.",
        f"{path}缺少以下样式：Figure、Report Table。请用本程序生成的总结，在Word中修改样式后另存为该文件名；或移走该文件，改用程序自带的样式。",
    ]
