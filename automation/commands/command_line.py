"""Declares every command: its options, its help, and the function that does it.

Each command's code is imported when the command is called, to keep `--help` fast.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import click

from automation.commands.options import (
    RunOptions,
    Session,
    clock,
    guarded,
    in_session,
    pinging,
    run_again,
    tell_monitor,
    with_json,
    with_mail,
    with_now,
    with_ping_url,
    with_workbook,
    working,
)

_language = functools.partial(click.option, "--language", type=click.Choice(["en", "zh"]))
_hour = functools.partial(click.option, type=click.DateTime(["%H:%M"]), show_default=True, metavar="TIME")
_into = functools.partial(click.option, "--into", default="", metavar="DIR")


def _job(named: Callable[[], None]) -> Callable[..., None]:
    """Make a command of the job with this function's name; the docstring is its help."""

    @functools.wraps(named)
    def do(session: Session, **options: Any) -> int:
        from automation.commands.run import do_job  # when called: see the top

        return do_job(named.__name__, RunOptions(**options), session)

    return working(do)


@click.command()
@pinging
@_job
def run() -> None:
    """Do everything that is due. 执行全部到期工作。"""


@click.command()
@click.option(
    "--every",
    type=click.IntRange(1, 1440),
    default=10,
    show_default=True,
    metavar="MINUTES",
    help="Minutes from one run to the next. 每隔几分钟。",
)
@_hour(
    "--from",
    "start",
    default="07:00",
    help="When a day's runs begin, by the office's clock. 每天开始时间（按办公室时区）。",
)
@_hour(
    "--until",
    default="20:00",
    help="When they end; the same time as --from: around the clock. 每天结束时间；与开始时间相同即全天运行。",
)
@click.option(
    "--log",
    default="",
    metavar="FILE",
    help="Keep the lines in this file too, which never grows large. 同时记入此文件（大小有限）。",
)
@with_ping_url
@with_mail
@with_workbook
@click.pass_context
@guarded
def schedule(context: click.Context, *, every: int, start: datetime, until: datetime, **options: Any) -> int:
    """Start `run` every ten minutes in office hours, on a computer that is always on. 在常开的电脑上定时运行。

    Once at the start, then as planned; what is missed while the computer sleeps is made up for by one run. Ctrl-C ends it.
    启动时先运行一次，之后按时运行；电脑休眠错过的，唤醒后补运行一次。按 Ctrl-C 结束。
    """
    from automation.commands.schedule import Hours, Schedule, keep_schedule  # when called: see the top

    hours = Hours(timedelta(minutes=every), start.time(), until.time())
    schedule = Schedule(options["workbook"], hours, run_again(context), options["log"])
    keep_schedule(schedule, clock, click.echo, functools.partial(tell_monitor, options["ping_url"]))
    return 0


@click.command()
@_job
def validate() -> None:
    """Number and check every row; derive status, deadlines, light. 编号、校验、推算状态和期限。"""


@click.command()
@_job
def assign() -> None:
    """Give each case its department by the Routing tab. 按分办规则确定承办部门。"""


@click.command()
@_job
def alert() -> None:
    """Tell duty and leader of important and collective visits at once. 重要、集体来访立即报告。"""


@click.command()
@_job
def remind() -> None:
    """Remind whoever has to act before a step is due. 到期前提醒承办人。"""


@click.command()
@_job
def escalate() -> None:
    """Tell the next level of what is late. 超期逐级督办。"""


@click.command()
@_job
def digest() -> None:
    """Write whose digest is due: the office daily, leaders as People says. 发送简报。"""


@click.command()
@_job
def archive() -> None:
    """Move cases closed long enough ago to Filing, numbered and sealed. 将办结件移入归档表，编档号并封存。"""


@click.command()
@working
@click.option("--into", default="preview", show_default=True, help="Folder for the pages. 页面文件夹。")
def preview(session: Session, **options: Any) -> int:
    """Show every mail that this moment calls for as a page, said before or not; send nothing. 预览邮件，不发送。"""
    from automation.commands.preview import PreviewOptions, preview_mails  # when called: see the top

    return preview_mails(PreviewOptions(**options), session)


@click.command()
@with_workbook
@click.option(
    "--period",
    metavar="WHICH",
    help="month, last-month, term, last-term, year, last-year, or 2026-03, 2026, 2025-2026; the last whole month unless said. 统计期，默认上个整月。",
)
@click.option(
    "--from",
    "first",
    metavar="DAY",
    help="First day, month or year (2026-03-01, 2026-03, 2026). 起始日期、月份或年份。",
)
@click.option(
    "--to",
    "last",
    metavar="DAY",
    help="Last day, month or year, included; today unless said. 截止日期（含），默认今天。",
)
@_into(help="Folder for the page; `reports` beside the ledger unless said. 页面文件夹，默认在账本旁的 reports。")
@click.option(
    "--annual",
    is_flag=True,
    help="The year's summary as a Word document instead; the last whole year unless said. 年度总结（Word 文档），默认上一年。",
)
@with_json
@click.option("--dry-run", is_flag=True, help="Show the figures; write nothing. 只显示，不写入。")
@with_now
@in_session
def report(session: Session, **options: Any) -> int:
    """The figures of a month, a term, a year: here, as a page that prints, and in the Report tab. 统计报告（页面、“统计”表）。

    Each figure stands beside its target and the period before, with the cases behind it. Restricted cases are only counted.
    各项数字附目标、上期和所涉编号；保密件只计数。
    """
    from automation.commands.report import ReportOptions, make_report  # when called: see the top

    return make_report(ReportOptions(**options), session)


@click.command()
@with_workbook
@_into(help="Folder for the copy; beside the ledger unless said. 备份文件夹。")
@in_session
def backup(session: Session, **options: Any) -> int:
    """Make a dated copy with a manifest of checksums. 备份账本并记录校验值。"""
    from automation.commands.backup import BackupOptions, back_up_ledger  # when called: see the top

    return back_up_ledger(BackupOptions(**options), session)


@click.command()
@click.option(
    "--missing",
    is_flag=True,
    required=True,
    expose_value=False,
    help="Cases that vanished, and nothing else. 只恢复缺失的件。",
)
@click.option(
    "--from", "source", required=True, metavar="FILE", help="An older copy of this ledger. 本账本的较早副本。"
)
@click.option("--yes", "really", is_flag=True, help="Do it; without this it only says what it would do. 确认写入。")
@with_workbook
@with_now
@in_session
def restore(session: Session, **options: Any) -> int:
    """Put vanished cases back from an older copy. 从较早副本恢复缺失的件。

    What the cells held comes back; colours, notes and links stay in the copy. 只恢复内容，颜色、批注和链接仍在副本中。
    """
    from automation.commands.restore import RestoreOptions, restore_cases  # when called: see the top

    return restore_cases(RestoreOptions(**options), session)


@click.command()
@click.argument("case")
@click.option("--reason", required=True, help="Why the filed row was corrected; kept in History. 更正理由，记入变更。")
@with_workbook
@with_now
@in_session
def reseal(session: Session, **options: Any) -> int:
    """Seal a filed CASE anew after it was rightly corrected. 归档件更正后重新封存。"""
    from automation.commands.reseal import ResealOptions, reseal_case  # when called: see the top

    return reseal_case(ResealOptions(**options), session)


@click.command()
@working
def verify(session: Session, **options: Any) -> int:
    """Check numbers, seals and gaps: nothing lost, nothing changed after filing. 核对编号、封存和缺页。"""
    from automation.commands.verify import verify_ledger  # when called: see the top

    return verify_ledger(RunOptions(**options), session)


@click.command()
@working
@click.option("--mail-to", default="", metavar="ADDRESS", help="Send a test mail there. 发一封测试邮件。")
@click.option("--probe", is_flag=True, help="Try whether Google behaves as expected. 检验 Google 的行为。")
def check(session: Session, **options: Any) -> int:
    """Look for everything that is easily got wrong: mail, addresses, rules, calendar, duty. 检查设置。"""
    from automation.commands.check import CheckOptions, check_ledger  # when called: see the top

    return check_ledger(CheckOptions(**options), session)


@click.command()
@with_workbook
@_language(help="Language of a new ledger's tabs and headers (zh unless said). 新账本的表头语言。")
@click.option(
    "--preset",
    type=click.Choice(["cn-school", "uk-school"]),
    help="What a new ledger's tabs are filled with (cn-school unless said). 新账本的预设内容。",
)
@with_now
@in_session
def install(session: Session, **options: Any) -> int:
    """Make a new ledger, in a file or in a Google Sheet shared with the program, or add what an old one lacks. 新建或补齐账本。

    Can be repeated at any time: it touches nothing that people changed.
    """
    from automation.commands.install import InstallOptions, install_ledger  # when called: see the top

    return install_ledger(InstallOptions(**options), session)


@click.command()
@click.argument("source")
@click.argument("target")
@_language(help="Translate tabs, headers and choices. 转换语言。")
@click.option("--move", is_flag=True, help="Mark SOURCE as moved: jobs stop there. 标记原账本已迁出。")
@in_session
def copy(session: Session, **options: Any) -> int:
    """Copy a ledger to a new file or an empty Google Sheet; the copy starts paused. 复制账本；副本先处于暂停状态。

    From file to file in one language all goes along; otherwise the cells do, their colours, notes and links do not.
    同语言文件之间整份复制；其他情况只复制内容，不含颜色、批注和链接。
    """
    from automation.commands.copy import CopyOptions, copy_ledger  # when called: see the top

    return copy_ledger(CopyOptions(**options), session)


@click.command()
@_language(default="en", show_default=True, help="Language of the sample. 示例语言。")
@click.option("--into", default="demo", show_default=True, help="Folder for the sample. 示例文件夹。")
@click.option("--now", default="2026-03-18T09:00", show_default=True, help="The day to show. 演示日期。")
@in_session
def demo(session: Session, **options: Any) -> int:
    """Build a sample ledger and run every job on it. 生成示例账本并运行全部任务。"""
    from automation.commands.demo import DemoOptions, show_demo  # when called: see the top

    return show_demo(DemoOptions(**options), session)
