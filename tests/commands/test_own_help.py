"""Help and click's own words are in the language of the call, and no word of them is cut."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.language import language_of_the_system
from automation.commands.program import as_called
from automation.text.characters import breadth
from sheet_schema.languages import LANGUAGES, catalogue

COMMANDS = [(), *((name,) for name in jobs.main.commands)]


def called(*arguments: str, name: str = "ledger", **environment: str) -> Result:
    return CliRunner().invoke(jobs.main, arguments, env=environment, prog_name=name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_whole_in_every_language_and_no_wider_than_a_terminal(command: tuple[str, ...], language: str) -> None:
    told = called("--language", language, *command, "--help").stdout
    texts = [one.help for one in jobs.main.commands.values()] if not command else [jobs.main.commands[command[0]].help]

    assert [line for line in told.splitlines() if breadth(line) > 80] == []
    assert "..." not in told.partition("\n")[2]
    words = re.sub(r"\s", "", told)
    for text in texts:
        first = (text or "").partition("\n\n")[0]
        said = first if language == "en" else catalogue(language, "messages").gettext(text or "").partition("\n\n")[0]
        assert re.sub(r"\s", "", said) in words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reseal", "1"), "错误：缺少选项“--reason”。"),
        (("explain",), "错误：缺少参数“编号”。"),
        (("run", "--sometimes"), "错误：没有选项“--sometimes”。"),
        (("explian",), "错误：没有命令“explian”。是否想写“explain”？"),
        (("run", "--smtp-port", "x"), "错误：“--smtp-port”的值无效：“x”不是有效的整数。"),
        (("run", "--outbox"), "错误：选项“--outbox”需要1个值。"),
        (("demo", "--language", "fr"), "错误：“--language”的值无效：“fr”不在可选范围内：“en”、“zh”。"),
        (("report", "--form", "x"), "错误：没有选项“--form”。是否想写“--from”、“--to”？"),
        (("demo", "--into"), "错误：选项“--into”需要1个值。"),
        (("run", "a", "b"), "错误：多余的参数：a b"),
        (("run", "-w", "none.xlsx"), "找不到工作簿 none.xlsx：请检查路径，或用 `ledger install` 新建。"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("by", ["option", "variable"])
def test_errors_are_in_the_chosen_language(arguments: tuple[str, ...], said: str, by: str) -> None:
    ended = called(
        *(("--language", "zh") if by == "option" else ()),
        *arguments,
        LEDGER_LANGUAGE="zh" if by == "variable" else "en",
    )

    assert ended.exit_code != 0
    assert ended.stderr.splitlines()[-1].startswith(said)
    assert "Error" not in ended.stderr
    assert "Usage" not in ended.stderr


def test_a_language_holds_for_one_call() -> None:
    assert called("--language", "zh", "--help").stdout.startswith("用法：ledger")
    assert called("--help").stdout.startswith("Usage: ledger")


def test_only_installed_languages_can_be_chosen() -> None:
    ended = called("--language", "fr", "run")

    named = ", ".join(f"'{one}'" for one in LANGUAGES)
    assert ended.exit_code == 2
    assert ended.stderr.splitlines()[-1] == f"Error: Invalid value for '--language': 'fr' is not one of {named}."


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LEDGER_LANGUAGE": "zh_CN.UTF-8"}, "zh"), ({"LANG": "zh_TW"}, "zh"), ({"LEDGER_LANGUAGE": "en", "LANG": "zh_CN"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "fr_FR"}, "en"), ({}, "en"),
    ],
)  # fmt: skip
def test_which_language_the_environment_asks_for(environ: dict[str, str], language: str) -> None:
    assert language_of_the_system(environ) == language


# Advice names the command as it was called.


@pytest.mark.parametrize(
    ("arguments", "original", "name"),
    [
        (["/opt/.venv/bin/ledger", "run"], ["/opt/.venv/bin/python", "/opt/.venv/bin/ledger", "run"], "ledger"),
        (["ledger.exe"], ["python.exe", "ledger.exe"], "ledger"),
        (["jobs.py", "run"], ["python", "-X", "utf8", "jobs.py", "run"], "python jobs.py"),
        (["jobs.py"], [".venv/bin/python", "jobs.py"], ".venv/bin/python jobs.py"),
        (["jobs.py"], ["my python", "jobs.py"], '"my python" jobs.py'),
    ],
)
def test_how_the_program_was_called(arguments: list[str], original: list[str], name: str) -> None:
    assert as_called(arguments, original) == name


@pytest.mark.parametrize("name", ["ledger", "jobs.py", "python jobs.py"])
def test_advice_can_be_typed_as_it_stands(name: str) -> None:
    said = "There is no workbook none.xlsx: check the path, or make one with"
    assert called("run", "-w", "none.xlsx", name=name).stderr == f"{said} `{name} install`.\n"


# Completion in the shell.


@pytest.mark.parametrize(
    ("words", "word", "completed"),
    [
        ("ledger exp", "1", ["explain", "export"]),
        ("ledger report --an", "2", ["--annual"]),
        ("ledger --language ", "2", [*LANGUAGES]),
    ],
)
def test_bash_completes_commands_options_and_choices(words: str, word: str, completed: list[str]) -> None:
    shown = called(_LEDGER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=word).stdout

    assert [line.partition(",")[2] for line in shown.splitlines()] == completed


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_a_script_of_their_own(shell: str) -> None:
    assert f"_LEDGER_COMPLETE={shell}_complete" in called(_LEDGER_COMPLETE=f"{shell}_source").stdout
