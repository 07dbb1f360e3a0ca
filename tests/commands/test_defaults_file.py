"""`ledger.toml` is read as editors on Windows write it, or refused in one sentence that says which line to mend."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run_with(content: bytes) -> Result:
    Path("ledger.toml").write_bytes(content)
    return CliRunner().invoke(jobs.main, ["run"], prog_name="jobs.py")


OURS = 'smtp-user = "办公室@s.example"\r\nworkbook = "台账.xlsx" # 说明\r\n'
PATH = rb"""workbook = 'C:\new\ledger.xlsx'"""


@pytest.mark.parametrize(
    ("content", "named"),
    [
        pytest.param(OURS.encode(), "台账.xlsx", id="utf-8"),
        pytest.param(OURS.encode("utf-8-sig"), "台账.xlsx", id="utf-8-with-a-mark"),
        pytest.param(OURS.encode("gbk"), "台账.xlsx", id="gbk"),
        pytest.param(codecs.BOM_UTF16_LE + OURS.encode("utf-16-le"), "台账.xlsx", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + OURS.encode("utf-16-be"), "台账.xlsx", id="utf-16-be"),
        pytest.param(OURS.encode("utf-16-le"), "台账.xlsx", id="utf-16-le-without-a-mark"),
        pytest.param(OURS.encode("utf-16-be"), "台账.xlsx", id="utf-16-be-without-a-mark"),
        pytest.param('# “curly” in a note\nworkbook = "a“b”.xlsx"'.encode(), "a“b”.xlsx", id="curly-quotes-in-a-name"),
        pytest.param(b'now = "2026-03-18"\rworkbook = "old.xlsx"\r', "old.xlsx", id="lines-of-an-old-mac"),
        pytest.param(b'\nworkbook = "sub\\\\new.xlsx"', "sub\\new.xlsx", id="backslashes-doubled"),
        pytest.param(PATH, r"C:\new\ledger.xlsx", id="backslashes-in-single-quotes"),
        pytest.param(b"", "ledger.xlsx", id="empty"),
    ],
)
def test_what_is_read(content: bytes, named: str) -> None:
    ended = run_with(content)

    assert (ended.exit_code, ended.stderr) == (
        1,
        f"There is no workbook {named}: check the path, or make one with `jobs.py install`.\n",
    )


NO_FILE = "Error: There is no file office.toml, which --config names: check the path.\n"
NO_FILE_IN_CHINESE = "错误：没有 --config 所指的文件 office.toml：请核对路径。\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "said"),
    [
        pytest.param(["--config", "office.toml"], {}, 2, NO_FILE, id="typed"),
        pytest.param([], {"LEDGER_CONFIG": "office.toml"}, 2, NO_FILE, id="in-the-environment"),
        pytest.param(["--config", "office.toml", "--language", "zh"], {}, 2, NO_FILE_IN_CHINESE, id="in-chinese"),
        pytest.param(["--config", "."], {}, 2, NO_FILE.replace("office.toml", "."), id="a-folder"),
        pytest.param([], {}, 1, "There is no workbook ledger.xlsx: check", id="none-named-and-none-there"),
    ],
)
def test_a_file_that_is_named_must_be_there(
    arguments: list[str], environment: dict[str, str], code: int, said: str
) -> None:
    ended = CliRunner().invoke(jobs.main, [*arguments, "run"], prog_name="jobs.py", env=environment)

    assert (ended.exit_code, ended.stderr.startswith(said)) == (code, True), ended.stderr


CURLY = 'has curly quotes: type straight ones instead, as in workbook = "ledger.xlsx".'
BACKSLASH = (
    "has a backslash between double quotes, where it means something else: type single quotes instead, as in"
    r" workbook = 'C:\office\ledger.xlsx'."
)
NO_TOML = 'cannot be understood: write one option a line, as in workbook = "ledger.xlsx".'
NOT_UTF_8 = "has a character that is not in UTF-8: save the file again with the encoding UTF-8."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("workbook = “ledger.xlsx”".encode(), f"line 1 {CURLY}", id="curly"),
        pytest.param('smtp-port = 465\nworkbook = "ledger.xlsx”\n'.encode(), f"line 2 {CURLY}", id="curly-at-the-end"),
        pytest.param("smtp-port = 465\nworkbook = “台账.xlsx”".encode("gbk"), f"line 2 {CURLY}", id="curly-in-gbk"),
        pytest.param("workbook = ＂ledger.xlsx＂".encode(), f"line 1 {CURLY}", id="full-width"),
        *(
            pytest.param(f'smtp-port = 465\nworkbook = "C:\\{name}.xlsx"\n'.encode(), f"line 2 {BACKSLASH}", id=name)
            for name in ("new", "temp", "reports", "forms", "board", "users", "ledger", "Office", "x")
        ),
        pytest.param(rb'outbox = "\\server\share"', f"line 1 {BACKSLASH}", id="a-share"),
        pytest.param(b'workbook = "ledger.xlsx"\nworkbook =', f"line 2 {NO_TOML}", id="no-value"),
        pytest.param(b"workbook = ledger.xlsx\n\n", f"line 1 {NO_TOML}", id="no-quotes"),
        pytest.param(b'workbook = "a"\nworkbook = "b"\n', f"line 2 {NO_TOML}", id="twice"),
        pytest.param(b'smtp-port = 465\nworkbook = "\xe9cole.xlsx"', f"line 2 {NOT_UTF_8}", id="western"),
        pytest.param(b'workbook = "\xff"', f"line 1 {NOT_UTF_8}", id="no-text"),
        pytest.param(
            b'smtp-port = 465\nworbook = "a.xlsx"',
            "line 2: no option is called worbook. Did you mean workbook?",
            id="a-slip",
        ),
        pytest.param(
            b"smpt_port = 465",
            "line 1: no option is called smpt-port. Did you mean smtp-port?",
            id="a-slip-underscored",
        ),
        pytest.param(
            b'[mail]\nhost = "a"\nworkbook = "a.xlsx"',
            "line 3: workbook stands behind [mail], where only the mail server's settings stand: move it above the line [mail].",
            id="behind-a-section",
        ),
        pytest.param(
            b'[chat]\noffice = "https://a"\nimap-host = "a"\nworkbook = "https://b"',
            "line 3: imap-host stands behind [chat], where only chats stand: move it above the line [chat].",
            id="behind-chats",
        ),
        pytest.param(
            b'[mail]\nhost = "a"\nprot = 465',
            "line 3: no option is called prot. Did you mean port?",
            id="a-slip-in-a-section",
        ),
        pytest.param(
            b'# mail\n[options]\nhost = "a"',
            "line 2: no option is called options. Each command lists its options with --help.",
            id="a-section",
        ),
    ],
)
def test_what_is_refused_names_the_line_and_the_remedy(content: bytes, said: str) -> None:
    ended = run_with(content)

    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", f"Error: ledger.toml, {said}\n")


def test_every_option_may_stand_in_it(tmp_path: Path) -> None:
    options = {
        option.name
        for command in jobs.main.commands.values()
        for option in command.params
        if "password" not in str(option.name)
    }
    lines = [f'{name} = "x"' for name in options]
    ended = run_with("\n".join(lines).encode())
    assert len(lines) > 30
    assert "no option is called" not in ended.stderr


def test_a_secret_is_refused_and_not_repeated() -> None:
    ended = run_with(b'smtp-password = "MARKER"')

    said = "Error: ledger.toml holds smtp_password: secrets belong in the environment (LEDGER_…), not in a file.\n"
    assert (ended.exit_code, ended.stderr) == (2, said)
