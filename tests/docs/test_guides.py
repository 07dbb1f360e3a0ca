"""The guides: every command in them can be typed as it stands, and no link, anchor or picture leads nowhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

import jobs
from automation.commands.demo_ledger import demo_rows
from automation.commands.install import preset_rows
from automation.ledger.parsing import parse
from sheet_schema import TAB, Language, Tab
from sheet_schema.languages import LANGUAGES, traits
from sheet_schema.preset_files import load
from tests.support import ROOT
from tests.support.ledger_in_memory import snapshot

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
GENERATED = ("commands.md", "columns.md")


def typed(page: Path) -> Iterator[str]:
    """Each command line in code, in a block or within a sentence."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    for code in (*blocks, *inline):
        for line in re.sub(r"\\\n *", "", code).splitlines() if code in blocks else [" ".join(code.split())]:
            found = re.search(r"jobs\.py +([^|>;&]*)", line)
            if found is not None:
                quoted = found[1].count('"') % 2  # the whole command stands in quotes
                yield found[1].rpartition('"')[0] if quoted else found[1].strip()


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in GENERATED], ids=lambda page: page.name)
def test_a_command_can_be_typed_as_it_stands(page: Path) -> None:
    for line in sorted(set(typed(page))):
        assert_can_be_typed(line)


def assert_can_be_typed(line: str) -> None:
    name, *arguments = shlex.split(line.replace("…", ""), comments=True)
    if name in ("COMMAND", "--config"):
        return
    if name == "--language":
        language, name, *arguments = arguments
        assert language in LANGUAGES
    command = jobs.main.commands[name]
    group = click.Context(jobs.main, info_name="jobs.py", **jobs.main.context_settings)
    context = command.make_context(name, list(arguments), parent=group, resilient_parsing=True)
    named = {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
    unknown = [one for one in arguments if one.startswith("-") and one.split("=")[0] not in named]
    left_over = [*context.args, *unknown]

    assert left_over == [], line


@cache
def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings, and those that stand in the page as such."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[`*]", "", heading).strip().lower() for heading in headings)
    made = {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


LINKS = [
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    if not target.startswith(("http", "mailto:"))
]


def test_no_link_leads_nowhere() -> None:
    assert [(page.name, target) for page, target in LINKS if not leads_somewhere(page, target)] == []
    assert not leads_somewhere(PAGES[0], "none.md")
    assert not leads_somewhere(PAGES[0], "#none")


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    there = (page.parent / path) if path else page
    return there.exists() and (not anchor or anchor in anchors(there))


@pytest.mark.parametrize("page", ["staff", "administrator", "leader", "running"])
def test_a_guide_has_the_same_sections_and_pictures_in_both_languages(page: str) -> None:
    outlines = [
        [
            found[0]
            for found in re.findall(
                r"^(#+) |^ *(!\[)", (ROOT / "docs" / f"{page}{language}.md").read_text("utf-8"), re.MULTILINE
            )
        ]
        for language in ("", ".zh")
    ]
    assert outlines[0] == outlines[1]


def examples(language: Language, tab: Tab) -> list[dict[str, object]]:
    """The rows of the table that stands under the tab's name in the administrators' guide, by column key."""
    page = ROOT / "docs" / f"administrator{'.zh' if language == 'zh' else ''}.md"
    section = page.read_text("utf-8").split(f"\n## {tab.label(language)}\n")[1].split("\n## ")[0]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table is not None
    lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table[0].splitlines()]
    header, _, *rows = [[cell.strip().replace("\\|", "|") for cell in line] for line in lines]
    keys = {column.label(language): column.key for column in tab}
    return [dict(zip((keys[label] for label in header), row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_examples_for_administrators_can_be_typed_as_they_stand(language: Language) -> None:
    """Into the demo, whose people and departments they speak of: no row has a problem."""
    rows = {key: list(given) for key, given in preset_rows(load(traits(language)["preset"]), language).items()}
    rows |= demo_rows(language, date(2026, 3, 18)) | {"register": [], "receptions": []}
    for key, named in (("departments", "name"), ("people", "name"), ("routing", "order")):
        shown = {str(one[named]): one for one in examples(language, TAB[key])}
        rows[key] = [*(row for row in rows[key] if str(row[named]) not in shown), *shown.values()]
    for key in ("deadlines", "escalation", "calendar", "duty"):
        rows[key] = examples(language, TAB[key])
    found = parse(snapshot(language, **rows))

    assert [(one.tab, one.row, one.say(language)) for one in found.problems] == []


def test_every_picture_is_used_and_has_its_twin() -> None:
    pictures = {path.name for path in (ROOT / "docs" / "images").glob("*.png")}
    used = {Path(target).name for _, target in LINKS if target.endswith(".png")}
    twins = {name.replace(".zh.png", ".png") for name in pictures if name.endswith(".zh.png")}

    assert pictures - used == set()
    assert twins == {name for name in pictures if not name.endswith(".zh.png")}


def test_the_windows_task_is_what_the_guide_says() -> None:
    task = ElementTree.parse(ROOT / "docs" / "windows-task.xml")
    words = {element.tag.split("}")[1]: (element.text or "").strip() for element in task.iter()}
    wanted = {
        "Interval": "PT10M", "Duration": "PT13H", "StartBoundary": "2026-01-01T07:00:00", "StartWhenAvailable": "true",
        "MultipleInstancesPolicy": "IgnoreNew", "ExecutionTimeLimit": "PT1H", "Arguments": "jobs.py run",
        "Command": r"C:\ledger\.venv\Scripts\python.exe", "WorkingDirectory": r"C:\ledger",
    }  # fmt: skip
    assert {name: words[name] for name in wanted} == wanted


@pytest.mark.parametrize("page", ["running.md", "running.zh.md"])
def test_what_stands_in_ledger_toml_can_be_read(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    (block,) = re.findall(r"```\n(workbook = .*?)```", text, re.DOTALL)
    options = {one.name for command in jobs.main.commands.values() for one in command.params}

    assert {key.replace("-", "_") for key in tomllib.loads(block)} - options == set()
