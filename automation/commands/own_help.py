"""Commands whose help is said in the language of the call, whole: it is wrapped, by the width of Chinese too, never cut."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from automation.commands.language import here, one_call, said, spoken
from automation.commands.words_of_click import translate_click
from automation.text.catalogue import msg
from automation.text.characters import breadth
from automation.text.wrapping import wrapped

_Told = TypeVar("_Told", bound=click.Command)
_HEADING = msg("{heading}:")
_Command = TypeVar("_Command", bound=Callable[..., Any])

translate_click()


def together(*options: Callable[..., Any]) -> Callable[[_Command], _Command]:
    """One decorator that adds all of these options; help lists the last one first."""

    def add(command: _Command) -> _Command:
        for option in options:
            command = option(command)
        return command

    return add


class Formatter(click.HelpFormatter):
    """Wraps by the columns that a text takes on a terminal, where a Chinese character takes two."""

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + _HEADING.say(spoken(), heading=heading) + "\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        at = len(self.buffer)
        super().write_usage(prog, args, prefix)
        self.buffer[at:] = [
            "".join(self.buffer[at:]).replace("： ", "：", 1)
        ]  # click's space, which no Chinese colon has

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
        wrapped = ([indent + line for line in _wrapped(part, self.width - len(indent))] for part in paragraphs)
        self.write("\n\n".join("\n".join(lines) for lines in wrapped) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max(breadth(term) for term, _ in rows), col_max) + col_spacing
        margin = " " * (self.current_indent + first)
        for term, told in rows:
            begun = " " * self.current_indent + term
            lines = _wrapped(told, self.width - len(margin))
            if breadth(begun) + col_spacing > len(margin):
                self.write(begun + "\n")
                begun = ""
            self.write(begun + " " * (len(margin) - breadth(begun)) + lines[0] + "\n")
            self.write("".join(f"{margin}{line}\n" for line in lines[1:]))


def _wrapped(text: str, width: int) -> list[str]:
    return wrapped(text, max(width, 20), breadth)


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help and whose options' help are English until they are shown."""

    context_class = Context

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Command, _translated(self)).format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [said(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  (there click would cut it)
        return _first_paragraph(self)


class Group(click.Group):
    """The group of all commands."""

    context_class = Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [said(piece) for piece in super().collect_usage_pieces(ctx)]

    def main(self, *args: Any, **how: Any) -> Any:
        with one_call():
            return super().main(*args, **how)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Group, _translated(self)).format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))


def _translated(command: _Told) -> _Told:
    """The command with its help, and that of its options, in the language of the call."""
    told = copy.copy(command)
    told.help = said(command.help or "")
    told.params = [copy.copy(param) for param in command.params]
    for param in told.params:
        if isinstance(param, click.Option):
            param.help = said(param.help or "")
            param.metavar = said(param.metavar) if param.metavar else None
    return told


IN_USAGE = here("[OPTIONS]"), here("COMMAND [ARGS]...")
"""What click puts into Usage by itself."""


class Argument(click.Argument):
    """An argument that is called what it is in the language of the call, also where it is missing."""

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002  (click hands it over)
        return said(self.metavar or "")


def _with_help(option: click.Option | None) -> click.Option | None:
    """click's option `--help`, which says what it does in the language of the call."""
    if option is not None:
        option.help = said(here("Show this message and exit."))
    return option


def _first_paragraph(command: click.Command) -> str:
    """What a list of all commands says of this one."""
    return " ".join(said(command.help or "").partition("\n\n")[0].split())


command: Callable[..., Callable[[Callable[..., Any]], Command]] = functools.partial(click.command, cls=Command)
argument = functools.partial(click.argument, cls=Argument)
