"""Declares the commands about one case, as `command_line.py` does all others."""

from __future__ import annotations

import functools
from typing import Any

import click

from automation.commands.options import Session, in_session, with_json, with_now, with_workbook

_into = functools.partial(click.option, "--into", default="", metavar="DIR")


@click.command()
@click.argument("case")
@with_json
@with_workbook
@with_now
@in_session
def explain(session: Session, **options: Any) -> int:
    """Tell a CASE from the beginning: its rule, each deadline as a sum, what happened, what comes next. 说明一件的依据、期限、经过和下一步。"""
    from automation.commands.explain import ExplainOptions, explain_case  # when called: see the top

    return explain_case(ExplainOptions(**options), session)


@click.command()
@click.argument("case")
@with_json
@with_workbook
@with_now
@in_session
def prove(session: Session, **options: Any) -> int:
    """Show that whoever may not know of a CASE cannot tell that it exists. 证明不应知悉的人看不出有此件。

    Works out in memory what everybody gets in the days ahead, with the case and without it, and compares every byte.
    Exit code 3 if anything differs. 在内存中按有此件和无此件分别推演今后各日，逐字节比对每人所收到的内容；有不同时以 3 退出。
    """
    from automation.commands.prove import ProveOptions, prove_case  # when called: see the top

    return prove_case(ProveOptions(**options), session)


@click.command()
@click.argument("case", default="")
@click.option("--receipt", is_flag=True, help="The visitor's receipt: number, day, what is owed by when. 打印回执。")
@click.option("--blank", is_flag=True, help="An empty form with the next free number. 打印下一个空编号的空白表。")
@click.option(
    "--pad",
    is_flag=False,
    flag_value=0,
    default=None,
    type=click.IntRange(0),
    metavar="[N]",
    help="With --blank: numbered slips for all free numbers, or N of them. 打印空编号的登记单（可限份数）。",
)
@_into(help="Folder; `forms` beside the ledger unless said. 输出文件夹。")
@with_workbook
@with_now
@in_session
def form(session: Session, **options: Any) -> int:
    """Print a CASE: its registration form as a page and a PDF on one A4 sheet. 打印一件的登记表。"""
    from automation.commands.form import FormOptions, print_form  # when called: see the top

    return print_form(FormOptions(**options), session)
