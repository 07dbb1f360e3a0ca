"""The command reference: written from the commands, up to date, and complete."""

from __future__ import annotations

import re
from functools import cache

import click
import pytest

import jobs
from docs.commands import PAGE, page
from sheet_schema.languages import catalogue
from tests.support import ROOT

the_page = cache(page)
README = ROOT / "README.md"
COMMANDS = jobs.main.commands
EVERYTHING = [(command, option) for command in COMMANDS.values() for option in (command, *command.params)]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_everything_has_help_in_both_languages() -> None:
    told = {
        (command.name, one.name): one.help or "" for command, one in EVERYTHING if not isinstance(one, click.Argument)
    }
    in_chinese = catalogue("zh", "messages").gettext
    assert [place for place, words in told.items() if not re.search("[a-z]{2}", words)] == []
    assert [place for place, words in told.items() if not re.search("[\u4e00-\u9fff]", in_chinese(words))] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section(command: str) -> None:
    section = the_page().split(f"\n## {command}\n")[1].split("\n## ")[0]
    named = [one for one in COMMANDS[command].params if isinstance(one, click.Option)]
    shared = the_page().split("\n## The options of every job\n")[1].split("\n## ")[0]
    rows = section + (shared if "(#the-options-of-every-job)" in section else "")

    assert [one.name for one in named if f"`{one.opts[0]}" not in rows] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert re.search(rf"^\| .*`{command}[ `]", README.read_text("utf-8"), re.MULTILINE), f"no row for `{command}`"
