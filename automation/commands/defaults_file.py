"""Reads `ledger.toml`, the defaults for all options, as editors on Windows write it; or says which line to mend, and how."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from automation.commands.language import spoken
from automation.text.catalogue import Message, msg
from automation.workbooks.plain_files import read_plain

CONFIG = "ledger.toml"
SIGN_IN_FILE = "ledger.sign-in.json"
"""Where a sign-in to a mail server is kept, beside `ledger.toml`."""
_SECTIONS = {"mail": "smtp_"}
"""Sections, and how the names of the options begin that stand in them without that."""
CHATS = "ledger.toml [chat]"
"""The key under which a call keeps the addresses of its chats."""
_BY_MARK = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CURLY = re.compile("[“”„‟‘’＂]")
_BACKSLASH = re.compile(r'"[^"]*\\')
_NOT_UTF_8 = msg(
    "{path}, line {line} has a character that is not in UTF-8: save the file again with the encoding UTF-8."
)
_CURLY_QUOTES = msg("{path}, line {line} has curly quotes: type straight ones instead, as in {example}.")
_BACKSLASHES = msg(
    "{path}, line {line} has a backslash between double quotes, where it means something else: type single quotes instead,"
    " as in {example}."
)
_NOT_TOML = msg("{path}, line {line} cannot be understood: write one option a line, as in {example}.")
_SECRET = msg("{path} holds {name}: secrets belong in the environment (LEDGER_…), not in a file.")
_NO_OPTION = msg("{path}, line {line}: no option is called {name}. Each command lists its options with --help.")
_LIKE_AN_OPTION = msg("{path}, line {line}: no option is called {name}. Did you mean {near}?")
_BEHIND_A_SECTION = msg(
    "{path}, line {line}: {name} stands behind [mail], where only the mail server's settings stand: move it above the line [mail]."
)
_BEHIND_CHATS = msg(
    "{path}, line {line}: {name} stands behind [chat], where only chats stand: move it above the line [chat]."
)
_NO_FILE = msg("There is no file {path}, which --config names: check the path.")
_NO_ACCESS = msg("{path} cannot be read: check who may open it.")
_NO_CHAT = msg("{path}: under [chat] stands one chat a line, as in {example}.")
_EXAMPLE_OF_A_CHAT = 'office = "wecombot://KEY"'
_EXAMPLE = 'workbook = "ledger.xlsx"'
_EXAMPLE_OF_A_PATH = r"workbook = 'C:\office\ledger.xlsx'"


class Unusable(click.ClickException):
    """A file of defaults that cannot be used (exit code 2, as for a wrong option)."""

    exit_code = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message.say(spoken()))


def from_file(context: click.Context, option: click.Parameter, path: str) -> str:
    """Take defaults for all options from ledger.toml, which may hold anything but secrets. It need not be there, but a file
    that somebody named must."""
    named = context.get_parameter_source(option.name or "") is not ParameterSource.DEFAULT
    if named and not Path(path).is_file():
        raise Unusable(_NO_FILE.of(path=path))
    if Path(path).is_file():
        settings = dict(_settings(path))
        chats = settings.pop("chat", {})
        options = _options(context)
        if slipped := _options_among(chats, options):
            line = _line_of(path, slipped.replace("-", "_"))
            raise Unusable(_BEHIND_CHATS.of(path=path, line=line, name=slipped))
        context.meta[CHATS] = _chats(path, chats)
        plain = _options_in(settings)
        secret = [key for key in plain if "password" in key]
        if secret:
            raise Unusable(_SECRET.of(path=path, name=secret[0]))
        if unknown := plain.keys() - options:
            raise Unusable(_no_option(path, min(unknown), options))
        plain.setdefault("smtp_token_file", str(Path(path).with_suffix(".sign-in.json")))
        context.meta[CONFIG] = path
        context.default_map = dict.fromkeys(context.command.list_commands(context), plain)  # type: ignore[attr-defined]
    return path


def _options_in(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What each option is set to: `host` in the section `mail` is `smtp_host`."""
    plain: dict[str, Any] = {}
    for key, value in settings.items():
        begins = _SECTIONS.get(key) if isinstance(value, dict) else None
        if begins is None:
            plain[key.replace("-", "_")] = value
        else:
            plain |= {begins + name.replace("-", "_"): one for name, one in value.items()}
    return plain


def _options_among(chats: object, options: Iterable[str]) -> str:
    """The first option that somebody wrote among the chats; what leads somewhere is a chat, whatever it is called."""
    found = chats.items() if isinstance(chats, dict) else ()
    return next((name for name, one in found if name.replace("-", "_") in options and "://" not in str(one)), "")


def _line_of(path: str, name: str) -> int:
    """The line on which an option stands, by its name in Python."""
    lines = _decoded(read_plain(Path(path)), path).split("\n")
    return next((at for at, line in enumerate(lines, start=1) if _key_in(line) == name), 1)


def _key_in(line: str) -> str:
    return line.partition("=")[0].strip().strip("\"'[]").replace("-", "_")


def _chats(path: str, table: object) -> Mapping[str, str]:
    """The addresses of chats, by name. Of what is wrong no value is quoted: it may be half a secret."""
    if not isinstance(table, dict) or not all(isinstance(url, str) for url in table.values()):
        raise Unusable(_NO_CHAT.of(path=path, example=_EXAMPLE_OF_A_CHAT))
    return table


def _options(context: click.Context) -> set[str]:
    """What the options of all commands are called in Python: `smtp_port`."""
    group = context.command
    assert isinstance(group, click.Group)
    commands = (group.get_command(context, name) for name in group.list_commands(context))
    return {option.name or "" for command in commands if command is not None for option in command.params}


def _no_option(path: str, name: str, options: Iterable[str]) -> Message:
    """What is said of a line that sets nothing, such as `worbook = …`."""
    from difflib import get_close_matches  # only for a slip

    lines = _decoded(read_plain(Path(path)), path).split("\n")
    keys = [_key_in(line) for line in lines]
    begins = next((one for one in _SECTIONS.values() if name not in keys and name.startswith(one)), "")
    short = name.removeprefix(begins)
    line = next(
        (
            at
            for at, key in enumerate(keys, start=1)
            if key.rpartition(".")[2] == short or key.partition(".")[0] == short
        ),
        1,
    )
    if begins and short in options:
        return _BEHIND_A_SECTION.of(path=path, line=line, name=short.replace("_", "-"))
    near = get_close_matches(name, options, n=1)
    said = _LIKE_AN_OPTION.of(near=near[0].removeprefix(begins).replace("_", "-")) if near else _NO_OPTION
    return said.of(path=path, line=line, name=short.replace("_", "-"))


def _settings(path: str) -> Mapping[str, Any]:
    import tomllib  # only needed if there is such a file

    try:
        text = _decoded(read_plain(Path(path)), path)
    except OSError as error:
        raise Unusable(_NO_ACCESS.of(path=path)) from error
    lines = text.rstrip("\n").split("\n")
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(lines)
        raise Unusable(_fault(lines[line - 1]).of(path=path, line=line)) from error
    for line, content in enumerate(lines, start=1):
        if _swallowed(content, settings):
            raise Unusable(_BACKSLASHES.of(path=path, line=line, example=_EXAMPLE_OF_A_PATH))
    return settings


def _decoded(data: bytes, path: str) -> str:
    """The text, in UTF-8, in UTF-16, or as Chinese Windows writes it."""
    marked = next((encoding for mark, encoding in _BY_MARK.items() if data.startswith(mark)), None)
    encodings = [marked] if marked else ["utf-8", "gb2312"]  # of GBK, the part that no other encoding is taken for
    if marked is None and b"\0" in data:
        encodings = ["utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"]
    first: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            first = first or error
    at = first.start if first is not None else 0
    raise Unusable(_NOT_UTF_8.of(path=path, line=data.count(b"\n", 0, at) + 1))


def _fault(line: str) -> Message:
    """What is wrong with a line that is no TOML."""
    if _CURLY.search(line):
        return _CURLY_QUOTES.of(example=_EXAMPLE)
    if _BACKSLASH.search(line):
        return _BACKSLASHES.of(example=_EXAMPLE_OF_A_PATH)
    return _NOT_TOML.of(example=_EXAMPLE)


def _swallowed(line: str, settings: Mapping[str, Any]) -> bool:
    """Whether a backslash was read as part of a control character, as in "C:\\new", which ends a line after C:."""
    key = line.partition("=")[0].strip().strip("\"'")
    value = settings.get(key)
    return bool(_BACKSLASH.search(line)) and isinstance(value, str) and re.search(r"[\x00-\x1f\x7f]", value) is not None
