"""Every template in every language, for an empty, a usual and an extreme case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from automation.mail.letters.case_parts import CasePart, StepPart
from automation.text.characters import one_line
from automation.text.templates import TEMPLATES, render, templates_in
from sheet_schema import LANGUAGES, Language

AUTOMATION = TEMPLATES.parent / "automation"
KINDS = sorted({path.name.partition(".")[0] for path in TEMPLATES.glob("*.subject.txt")})
NASTY = "{{ 7*7 }} <script>alert(1)</script> \u202e\x07 \"';--"


class EveryPart(dict[str, str]):
    """The same sentence for every part of a mail."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __missing__(self, part: str) -> str:
        return self.text


SAYS_NOTHING = EveryPart("")
EMPTY: dict[str, object] = {
    **dict.fromkeys(
        ("lang", "title", "school", "greeting", "closing", "why", "ask", "trial", "trial_mark", "all_told", "closing_part", "moved", "instead", "calls",
         "day", "time", "workbook", "last_seal", "digest", "history", "attached", "phone"), "",
    ),
    "count": 0, "wording": SAYS_NOTHING, "phones_of": {}, "reports": {}, "no_leader_knows": False,
    **{key: [] for key in ("phones", "dates", "cases", "given", "involved", "passed_up", "copied", "numbers", "sections", "attention", "months", "figures", "jobs", "kinds", "problems", "groups", "answers")},
}  # fmt: skip


def figure(text: str) -> dict[str, object]:
    return {"name": text, "values": [text] * 3, "target": text, "missed": True, "width": 50, "numbers": text}


def section(text: str, rows: int) -> dict[str, object]:
    row = {
        **dict.fromkeys(("number", "step", "when", "light", "about"), text),
        "width": 50,
        "restricted": False,
    }
    return {"title": text, "rows": [row] * rows, "more": text, "bars": True}


def filled(text: str, count: int) -> dict[str, object]:
    """Everything any template asks for, said with `text`, every list `count` long."""
    texts = {key: text for key, value in EMPTY.items() if value == ""}
    lists = {key: [text] * count for key in ("phones", "dates", "numbers", "attention", "months", "kinds", "problems")}
    filed = dict.fromkeys(("archive_no", "case_no", "title", "closed", "retention", "seal_no"), text)
    return {
        **texts, **lists, "phones_of": {text: [text] * count}, "reports": {}, "count": count, "wording": EveryPart(text), "given": [case(text), case(text, said="restricted")] * count, "copied": [case(text), case(text, said="number")] * count, "passed_up": [case(text)] * count, "involved": [case(text)] * count, "groups": [{"title": text, "rows": [filed] * count}], "cases": [case(text), case(text, said="restricted"), case(text, said="number")] * count, "sections": [section(text, count)] * 4,
        "answers": [{"title": text, "lines": (text, (text,) * count), "attached": text}, {"title": text, "lines": ((),), "attached": ""}] * 2,
        "figures": [figure(text)] * count, "jobs": [{"name": text, "where": text}] * count,
    }  # fmt: skip


def case(text: str, said: str = "full", steps: int = 2) -> CasePart:
    step = StepPart(when=text, step=text, day=text, light="late", sum=text, basis=text, act=text)
    return CasePart(text, said, (step,) * (0 if said == "number" else steps), text, text)


CONTEXTS = {
    "empty": {
        **EMPTY,
        "cases": [CasePart("", "number")],
        "given": [CasePart("", "full")],
        "numbers": [""],
        "wording": EveryPart("usual"),
    },
    "usual": filled("usual", 1),
    "one": {
        **filled("usual", 1),
        **{key: [case("LV-00001", steps=1)] for key in ("cases", "given", "involved", "passed_up", "copied")},
    },
    "extreme": filled(NASTY * 20, 30),
}
ALL = [(kind, language, size) for kind in KINDS for language in LANGUAGES for size in CONTEXTS]


@pytest.mark.parametrize(("kind", "language", "size"), ALL)
def test_a_mail_can_be_read(kind: str, language: Language, size: str) -> None:
    mail = render(kind, language, CONTEXTS[size])
    page = html.document_fromstring(mail.html)
    assert (len(page.xpath("//script")), len(page.xpath("//body")), "49" in mail.text) == (0, 1, False)
    assert (mail.subject.splitlines(), len(mail.subject) <= 150, mail.text.strip() != "") == (
        [mail.subject],
        True,
        True,
    )
    assert "prefers-color-scheme: dark" in mail.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_every_part(kind: str) -> None:
    assert [end for end in ("html", "subject.txt", "txt") if not (TEMPLATES / f"{kind}.{end}").is_file()] == []


@pytest.mark.parametrize(
    "path", sorted((*TEMPLATES.glob("*.*"), *AUTOMATION.rglob("*.html"))), ids=lambda path: path.name
)
def test_a_template_has_sentences_of_the_catalogue_only(path: Path) -> None:
    """Whatever stands in it between tags and outside quotation marks."""
    source = re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<style>.*?</style>|<[^>]+>|&nbsp;",
        "",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    assert re.findall(r"\w+", source) == []


@pytest.mark.parametrize(
    ("template", "language", "said"),
    [
        ("text.txt", "en", """Late: <b>&' soon, "1 mail", 2 mails"""),
        ("page.html", "en", """Late: &lt;b&gt;&amp;&#39; soon, "1 mail", 2 mails"""),
        ("page.html", "zh", """Late: &lt;b&gt;&amp;&#39; soon, "1 mail", 邮件2封"""),
    ],
)
def test_what_is_said_in_a_sentence_is_escaped_where_it_stands_in_html(
    template: str, language: Language, said: str, tmp_path: Path
) -> None:
    sentences = """{{ _("Late: {text} soon", text=text) }}, {{ ngettext('"1 mail"', '"{n} mails"', 1) }}, {{ ngettext("1 mail", "{n} mails", 2) }}"""
    (tmp_path / template).write_text(sentences, "utf-8")
    assert templates_in(tmp_path, language).get_template(template).render(text="<b>&'") == said


def test_a_digest_breaks_no_case_number_after_its_hyphen() -> None:
    attention = ["Nobody is told: LV-00036, <LV-00037>."]
    page = render("digest_office", "en", {**EMPTY, "attention": attention, "figures": [figure("LV-00038")]}).html
    whole = html.document_fromstring(page).xpath("//span[contains(@style, 'white-space: nowrap')]")
    assert [span.text for span in whole] == ["LV-00036", "LV-00037", "LV-00038"]
    assert "&lt;" in page


def test_a_restricted_case_shows_nothing_but_number_step_date_and_whom_to_ask() -> None:
    """Not even if the letter hands more to the template."""
    step = StepPart(when="Due 17 March", step="Reply", day="17 March", light="late", sum="SECRET", basis="SECRET")
    secret = CasePart("LV-00001", "restricted", (step,), "SECRET", "SECRET")
    row = {
        **dict.fromkeys(("number", "step", "when", "light"), "usual"),
        "about": "SECRET",
        "restricted": True,
        "width": 10,
    }
    cases = {key: [secret] for key in ("cases", "given", "involved", "passed_up", "copied")}
    sections = [{"title": "Late", "rows": [row], "more": "", "bars": True}]
    for kind in ("alert", "reminder", "escalation", "assignment", "digest_office", "digest_leader"):
        mail = render(kind, "en", {**EMPTY, **cases, "ask": "ask the office", "sections": sections})
        assert ["SECRET" in part for part in (mail.subject, mail.text, mail.html)] == [False, False, False]
        assert ["ask the office" in part for part in (mail.text, mail.html)] == [True, True]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nBcc: x@y", "a Bcc: x@y"),
        ("  a   b ", "a b"),
        ("a\x00b", "a b"),
        ("字" * 200, "字" * 149 + "…"),
        ("\ud800a", "a"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
