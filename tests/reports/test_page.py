"""The page: its structure, that every figure is in it, that it loads and runs nothing, and that cells stay text."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import lxml.html
import pytest
from lxml.html import HtmlElement

from automation.cases.indicator_text import NAMES, target, value_text
from automation.reports.charts import bar, months_chart
from automation.reports.model import Month, Period, Report
from automation.reports.page import page_of
from automation.reports.wording import BREAKDOWN_NAMES, HOW, period_name, sentence, title
from automation.text.percentages import percent
from sheet_schema import Language
from tests.support.ledger_in_memory import preset_rows
from tests.support.small_reports import DONE, LATE, case, report, secret

HOSTILE = "<script>alert(1)</script>\"' {{ 7 * 7 }} =1+1 &amp; ]]> </style>"
BUSY = [
    case(1, **LATE, important="✓", channel="上级交办", superior_ref="教1号", superior_due="2026-03-10"),
    case(2, **LATE, leapfrog="✓", people=7, repeat_of="LV-00001"),
    *(case(i, **DONE) for i in range(3, 20)),
    *secret(31, 3, topic=preset_rows("topics", "zh")[1]["name"], department="教务处"),
]


@pytest.fixture(scope="module")
def busy() -> Report:
    return report(BUSY)


@pytest.fixture(scope="module")
def page(busy: Report) -> HtmlElement:
    return lxml.html.document_fromstring(page_of(busy))


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_one_page_that_loads_and_runs_nothing(busy: Report) -> None:
    html = page_of(busy)
    page = lxml.html.document_fromstring(html)
    assert html.startswith("<!doctype html>")
    assert [one.get("content") for one in page.findall(".//meta[@http-equiv]")] == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert (
        page.xpath("//script | //link | //img | //iframe | //object | //base | //form | //@src | //@onload | //@style")
        == []
    )
    assert {link.get("href")[0] for link in page.xpath("//a")} == {"#"}
    assert re.findall(r"@import|url\((?!#)", html) == []


def test_landmarks_and_headings(busy: Report, page: HtmlElement) -> None:
    assert page.get("lang") == "zh-CN"
    assert [one.tag for one in page.xpath("//header | //nav | //main | //footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3")]
    assert (levels.count(1), levels[0]) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert text(page.find(".//h1")) == title(busy)
    assert [text(one) for one in page.xpath("//p[@class='sentence']")] == [sentence(busy)]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one.removeprefix("#") for one in page.xpath("//a/@href")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_tables_say_what_their_heads_are_for(page: HtmlElement) -> None:
    tables = page.findall(".//table")
    assert len(tables) == 14
    for table in tables:
        assert {one.get("scope") for one in table.findall(".//thead//th")} == {"col"}
        assert all(text(one) for one in table.findall(".//thead//th"))
        assert {one.get("scope") for one in table.findall("./tbody//th")} == {"row"}
        columns = len(table.findall(".//thead//th"))
        for row in table.findall("./tbody/tr"):
            assert sum(int(cell.get("colspan", 1)) for cell in row) == columns


def test_every_figure_stands_beside_its_target_and_the_period_before(busy: Report, page: HtmlElement) -> None:
    bodies = page.xpath("//table[@class='figures']/tbody")
    shown = [[text(cell) for cell in body[0]] for body in bodies]
    assert shown == [
        [
            NAMES[one.indicator.key].say("zh"), value_text(one.indicator, one.value, "zh"),
            *(
                [f"{target(one.indicator, 'zh')} 未达标"] if one.indicator.key in ("notified_in_time", "replied_in_time", "first_time_settled", "reported_back_in_time", "collective", "repeat_collective", "leapfrog")
                else [target(one.indicator, "zh") or "–"]
            ),
            value_text(one.indicator, one.before, "zh"),
        ]
        for one in busy.figures
    ]  # fmt: skip


def test_the_cases_behind_a_figure(page: HtmlElement) -> None:
    behind = {
        text(body[0][0]): text(body[1]) for body in page.xpath("//table[@class='figures']/tbody") if len(body) > 1
    }
    assert behind["按期办结率"] == "未按期：LV-00001、LV-00002，另有保密件3件"
    assert behind["越级访"] == "涉及编号：LV-00002"


def test_many_numbers_are_folded_on_the_screen_and_whole_on_paper(page: HtmlElement) -> None:
    (body,) = page.xpath("//table[@class='figures']/tbody[.//details][1]")
    every = [f"LV-{i:05d}" for i in range(1, 20)]
    assert [re.findall(r"LV-\d+", text(one)) for one in body.xpath(".//summary | .//*[@class='on-paper']")] == [
        every[:12],
        every,
    ]
    assert text(body.find(".//summary")).endswith("… 共19件，另有保密件3件")
    assert text(body[1]).endswith("另有保密件3件")


def test_every_breakdown_is_a_table_with_a_bar_in_each_line(busy: Report, page: HtmlElement) -> None:
    for one, table in zip(busy.breakdowns, page.xpath("//table[@class='lines']"), strict=True):
        assert text(page.get_element_by_id(f"by-{one.by}")) == BREAKDOWN_NAMES[one.by].say("zh")
        rows = table.findall("./tbody/tr")
        assert [(text(row[0]), text(row[1])) for row in rows] == [(line.label, str(line.count)) for line in one.counts]
        assert [text(row.find(".//svg/title")) for row in rows] == [
            f"占来件的{percent(line.count, busy.received)}%" for line in one.counts
        ]


def test_every_drawing_has_words(page: HtmlElement) -> None:
    drawings = page.findall(".//svg")
    assert len(drawings) > 10
    for one in drawings:
        if one.get("aria-hidden") == "true":
            assert one.get("class") in ("hatches", "swatch")
        else:
            assert one.get("role") == "img"
            assert text(one.find("./title"))


def test_how_each_figure_is_counted(busy: Report, page: HtmlElement) -> None:
    assert [text(one) for one in page.xpath("//dl[@class='how']//dd")][: len(busy.figures)] == [
        HOW[one.indicator.key].say("zh") for one in busy.figures
    ]


def test_what_stands_in_cells_is_data() -> None:
    typed = [
        case(
            1,
            **LATE,
            topic=HOSTILE,
            department=HOSTILE,
            channel="上级交办",
            superior_ref=HOSTILE,
            superior_due="2026-03-10",
            leapfrog="✓",
            important="✓",
        )
    ]
    made = page_of(
        report(typed, settings=[{"name": "学校名称", "value": HOSTILE}, {"name": "信访电话", "value": HOSTILE}])
    )
    page = lxml.html.document_fromstring(made)
    assert page.findall(".//script") == []
    assert "49" not in [text(one) for one in page.iter("td", "th", "small")]
    assert HOSTILE in [one.text_content() for one in page.xpath("//div[@class='band']")]
    assert len(page.xpath("//table[@class='lines']//tr[contains(., '{{ 7 * 7 }}')]")) == 2
    assert "\ud800" not in page_of(report([case(1, topic="a\ud800b")]))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_quiet_period(language: Language) -> None:
    made = lxml.html.document_fromstring(page_of(report([], language=language)))
    nothing = {
        "en": "Nothing came in; none was answered. No answer fell due. Nothing is late today.",
        "zh": "没有收到新件，没有答复件。没有到期应答复的件。目前没有超期件。",
    }
    assert text(made.xpath("//p[@class='sentence']")[0]) == nothing[language]
    assert "100" not in text(made.xpath("//table[@class='figures']")[0]).replace("100%", "")
    shown = [text(row[1]) for row in made.xpath("//table[@class='figures']/tbody/tr")]
    assert shown == ["0", *["–"] * 9, "0", "0", "0", "0"]


def test_both_languages_say_the_same() -> None:
    """The page has the same numbers in the same order in both languages."""

    def numbers(language: Language) -> list[str]:
        cases = [case(i, language, **LATE) for i in (1, 2)] + [case(3, language, important="✓", people=6)]
        page = lxml.html.document_fromstring(page_of(report(cases, language=language)))
        tables = page.xpath("//table[not(@class='lines')]//td[not(.//small)]")
        return [number for one in tables for number in re.findall(r"\d+", text(one))]

    assert numbers("en") == numbers("zh")


@pytest.mark.parametrize(
    ("first", "last", "en", "zh"),
    [
        ("2026-03-01", "2026-03-31", "March 2026", "2026年3月"),
        ("2026-01-01", "2026-12-31", "2026", "2026年"),
        ("2026-03-02", "2026-03-02", "2 March 2026", "2026年3月2日"),
        ("2026-01-05", "2026-03-27", "5 January to 27 March 2026", "2026年1月5日至3月27日"),
        ("2025-09-01", "2026-08-31", "1 September 2025 to 31 August 2026", "2025年9月1日至2026年8月31日"),
    ],
)
def test_what_a_period_is_called(first: str, last: str, en: str, zh: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert (period_name(period, "en"), period_name(period, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("register", "en"),
    [
        ([case(1, "en", **LATE)], "One matter came in; none was answered. The one answer that fell due came late or is still open. One is late today."),
        ([case(i, "en", **{**DONE, "outcome": "Supported"}) for i in (1, 2)], "2 matters came in; 2 were answered. All 2 answers that fell due came in time. Nothing is late today."),
        ([case(1, "en", **{**DONE, "outcome": "Supported"}), case(2, "en", **LATE)], "2 matters came in; one was answered. Of the 2 answers that fell due, 1 came in time. One is late today."),
    ],
)  # fmt: skip
def test_the_sentence(register: list[dict[str, object]], en: str) -> None:
    assert sentence(report(register, language="en")) == en


def test_a_chart_of_months() -> None:
    drawn = lxml.html.fromstring(
        str(months_chart([Month(date(2026, 2, 1), 10, 5), Month(date(2026, 3, 1), 0, 0)], "T <&>", "D", "en"))
    )
    heights = [float(one.get("height")) for one in drawn.findall("rect")]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.02)
    assert len(heights) == 2
    assert [text(one) for one in drawn.xpath("./text[@class='tick']")] == ["0", "2", "4", "6", "8", "10"]
    assert [text(one) for one in drawn.xpath("./text[@class='name']")] == ["Feb", "Mar"]
    assert text(drawn.find("title")) == "T <&>"


@pytest.mark.parametrize(
    ("part", "whole", "striped", "widths"),
    [(1, 4, 0, ["25.00"]), (4, 4, 1, ["100.00", "25.00", "25.00"]), (0, 4, 0, []), (0, 0, 0, [])],
)
def test_a_bar(part: int, whole: int, striped: int, widths: list[str]) -> None:
    drawn = lxml.html.fromstring(str(bar(part, whole, "words", striped)))
    assert [one.get("width") for one in drawn.findall("rect")] == widths


def test_a_long_list_has_every_case() -> None:
    made = page_of(report([case(i, **LATE, important="✓") for i in range(1, 450)]))
    deep = lxml.html.HTMLParser(huge_tree=True)  # to libxml2 a <wbr> does not end, and each holds all that follow
    page = lxml.html.document_fromstring(made, parser=deep)
    for key in ("late-list", "told"):
        (table,) = page.xpath(f"//table[@aria-labelledby='{key}']")
        assert len(table.findall("./tbody/tr")) == 449
        assert text(page.get_element_by_id(key)).endswith(" 449")
    on_paper = [re.findall(r"LV-\d+", text(one)) for one in page.xpath("//*[@class='on-paper']")]
    assert max(map(len, on_paper)) == 449
