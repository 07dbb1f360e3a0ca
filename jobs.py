"""The commands. Each is thin: it reads the options, calls one function of `automation`, and shows what came of it.

Heavy imports (pandas, openpyxl) wait until a command needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.errors import LedgerError

if TYPE_CHECKING:
    from automation.commands import Asked

EXIT_PROBLEMS = 3
CONFIG = "ledger.toml"


def _from_file(context: click.Context, _: click.Parameter, path: str) -> str:
    """Defaults for all options from ledger.toml: whatever is no secret may stand there."""
    import tomllib

    if Path(path).is_file():
        try:
            settings = tomllib.loads(Path(path).read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{path} cannot be read: {error}") from error
        plain = {key.replace("-", "_"): value for key, value in settings.items()}
        secret = [key for key in plain if "password" in key]
        if secret:
            raise click.UsageError(
                f"{path} holds {secret[0]}: secrets belong in the environment (LEDGER_…), not in a file."
            )
        context.default_map = dict.fromkeys(context.command.commands, plain)  # type: ignore[attr-defined]
    return path


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "LEDGER"})
@click.option(
    "--config", default=CONFIG, show_default=True, is_eager=True, expose_value=False, callback=_from_file,
    help="Defaults for the options. 选项默认值文件。",
)  # fmt: skip
def main() -> None:
    """The letters-and-visits ledger: looks after a register kept in a spreadsheet.

    信访登记账本：照看登记在电子表格里的来信来访。

    Start with `install`, then let `run` be started every ten minutes.
    """


def _guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Turn what goes wrong with the machinery into one sentence and an exit code."""

    @functools.wraps(command)
    def guarded(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options)
        except LedgerError as error:
            click.echo(error.en, err=True)
            click.echo(error.zh, err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.exit(0)  # whoever reads has read enough
        except Exception as error:  # noqa: BLE001  (what a traceback shows may be somebody's grievance)
            at = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}, {Path(at.filename).name} line {at.lineno}"
            click.echo(
                f"The program has a fault ({where}): please send this line to whoever looks after it.",
                err=True,
            )
            click.echo(f"程序出错（{where}）：请把这一行转给维护人员。", err=True)
            sys.exit(1)
        sys.exit(code or 0)

    return guarded


_workbook = click.option(
    "--workbook", "-w", envvar="LEDGER_WORKBOOK", default="ledger.xlsx", show_default=True,
    help="The ledger: path of an .xlsx file, or address of a Google Sheet. 账本文件或 Google 表格网址。",
)  # fmt: skip
_now = click.option(
    "--now", metavar="WHEN",
    help="Work as if it were this day or time (2026-03-18 or 2026-03-18T09:00). 假设现在是此时。",
)  # fmt: skip
_json = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output. 输出 JSON。"
)
_verbose = click.option("-v", "--verbose", is_flag=True, help="Show every cell that changes. 显示每个改动。")


def _working(command: Callable[..., int | None]) -> Callable[..., None]:
    """The options that every command with a part in a run has."""
    for option in (
        _verbose,
        click.option("--outbox", metavar="DIR", default="", help="Write mails into this folder instead of sending. 邮件写入此文件夹，不发送。"),
        click.option("--smtp-host", envvar="LEDGER_SMTP_HOST", default="", metavar="HOST", help="Mail server; mails need TLS. 邮件服务器（须支持 TLS）。"),
        click.option("--smtp-port", envvar="LEDGER_SMTP_PORT", default=465, show_default=True, type=click.IntRange(1, 65535), help="465 (TLS from the start) or 587 (STARTTLS). 端口。"),
        click.option("--smtp-user", envvar="LEDGER_SMTP_USER", default="", metavar="ADDRESS", help="Who logs in; the password is LEDGER_SMTP_PASSWORD. 登录账号；密码用环境变量。"),
        click.option("--accept-stop", metavar="REASON", default="", help="You looked at a stop for missing or torn numbers; go on. 已核实编号异常，继续。"),
        click.option("--check", is_flag=True, help=f"Exit with {EXIT_PROBLEMS} if there are problems. 有问题时以 {EXIT_PROBLEMS} 退出。"),
        _json,
        click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing. 只显示，不写入。"),
        _now,
        _workbook,
    ):  # fmt: skip
        command = option(command)
    return _guarded(command)


def _asked(options: dict[str, Any]) -> Asked:
    from automation.commands import Asked

    return Asked(**options)


def _do(job: str, options: dict[str, Any]) -> int:
    from automation.commands import do_job

    return do_job(job, _asked(options), click.echo)


@main.command()
@_working
def run(**options: Any) -> int:
    """Do everything that is due. 执行全部到期工作。"""
    return _do("run", options)


@main.command()
@_working
def validate(**options: Any) -> int:
    """Number and check every row; derive status, deadlines, light. 编号、校验、推算状态和期限。"""
    return _do("validate", options)


@main.command()
@_working
def assign(**options: Any) -> int:
    """Give each case its department by the Routing tab. 按分办规则确定承办部门。"""
    return _do("assign", options)


@main.command()
@_working
def alert(**options: Any) -> int:
    """Tell duty and leader of important and collective visits at once. 重要、集体来访立即报告。"""
    return _do("alert", options)


@main.command()
@_working
def remind(**options: Any) -> int:
    """Remind whoever has to act before a step is due. 到期前提醒承办人。"""
    return _do("remind", options)


@main.command()
@_working
def escalate(**options: Any) -> int:
    """Tell the next level of what is late. 超期逐级督办。"""
    return _do("escalate", options)


@main.command()
@_working
def digest(**options: Any) -> int:
    """Write whose digest is due: the office daily, leaders as People says. 发送简报。"""
    return _do("digest", options)


@main.command()
@_working
def archive(**options: Any) -> int:
    """Move cases closed long enough ago to Filing, numbered and sealed. 将办结件移入归档表，编档号并封存。"""
    return _do("archive", options)


@main.command()
@_working
@click.option("--into", default="preview", show_default=True, help="Folder for the pages. 页面文件夹。")
def preview(into: str, **options: Any) -> int:
    """Show every mail that this moment calls for as a page, said before or not; send nothing. 预览邮件，不发送。"""
    from automation.commands import preview_mails

    return preview_mails(_asked(options), into, click.echo)


@main.command()
@_workbook
@click.option(
    "--into",
    default="",
    metavar="DIR",
    help="Folder for the copy; beside the ledger unless said. 备份文件夹。",
)
@_guarded
def backup(workbook: str, into: str) -> int:
    """Make a dated copy with a manifest of checksums. 备份账本并记录校验值。"""
    from automation.commands import back_up_ledger

    return back_up_ledger(workbook, into, click.echo)


@main.command()
@click.option(
    "--missing", is_flag=True, required=True, help="Cases that vanished, and nothing else. 只恢复缺失的件。"
)
@click.option(
    "--from", "source", required=True, metavar="FILE", help="An older copy of this ledger. 本账本的较早副本。"
)
@click.option(
    "--yes", "really", is_flag=True, help="Do it; without this it only says what it would do. 确认写入。"
)
@_workbook
@_now
@_guarded
def restore(*, missing: bool, source: str, workbook: str, now: str | None, really: bool) -> int:  # noqa: ARG001
    """Put vanished cases back from an older copy. 从较早副本恢复缺失的件。

    What the cells held comes back; colours, notes and links stay in the copy. 只恢复内容，颜色、批注和链接仍在副本中。
    """
    from automation.commands import restore_cases

    return restore_cases(workbook, source, now, click.echo, really=really)


@main.command()
@click.argument("case")
@click.option(
    "--reason", required=True, help="Why the filed row was corrected; kept in History. 更正理由，记入变更。"
)
@_workbook
@_now
@_guarded
def reseal(case: str, reason: str, workbook: str, now: str | None) -> int:
    """Seal a filed CASE anew after it was rightly corrected. 归档件更正后重新封存。"""
    from automation.commands import reseal_case

    return reseal_case(workbook, case, reason, now, click.echo)


@main.command()
@_working
def verify(**options: Any) -> int:
    """Check numbers, seals and gaps: nothing lost, nothing changed after filing. 核对编号、封存和缺页。"""
    from automation.commands import verify_ledger

    return verify_ledger(_asked(options), click.echo)


@main.command()
@_working
@click.option("--mail-to", default="", metavar="ADDRESS", help="Send a test mail there. 发一封测试邮件。")
@click.option("--probe", is_flag=True, help="Try whether Google behaves as expected. 检验 Google 的行为。")
def check(*, mail_to: str, probe: bool, **options: Any) -> int:
    """Look for everything that is easily got wrong: mail, addresses, rules, calendar, duty. 检查设置。"""
    from automation.commands import check_ledger

    return check_ledger(_asked(options), mail_to, click.echo, probe=probe)


@main.command()
@_workbook
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    help="Language of a new ledger's tabs and headers (zh unless said). 新账本的表头语言。",
)
@click.option(
    "--preset",
    type=click.Choice(["cn-school", "uk-school"]),
    help="What a new ledger's tabs are filled with (cn-school unless said). 新账本的预设内容。",
)
@_now
@_guarded
def install(workbook: str, language: str | None, preset: str | None, now: str | None) -> int:
    """Make a new ledger, in a file or in a Google Sheet shared with the program, or add what an old one lacks. 新建或补齐账本。

    Can be repeated at any time: it touches nothing that people changed.
    """
    from automation.commands import install_ledger

    return install_ledger(workbook, language, preset, now, click.echo)


@main.command()
@click.argument("case")
@_workbook
@_now
@_guarded
def explain(case: str, workbook: str, now: str | None) -> int:
    """Say which rule a CASE went by, and write out each deadline as a sum. 说明分办依据和期限算法。"""
    from automation.commands import explain_case

    return explain_case(workbook, case, now, click.echo)


@main.command()
@click.argument("source")
@click.argument("target")
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default=None,
    help="Translate tabs, headers and choices. 转换语言。",
)
@click.option("--move", is_flag=True, help="Mark SOURCE as moved: jobs stop there. 标记原账本已迁出。")
@_guarded
def copy(source: str, target: str, language: str | None, move: bool) -> int:
    """Copy a ledger to a new file or an empty Google Sheet; the copy starts paused. 复制账本；副本先处于暂停状态。

    From file to file in one language all goes along; otherwise the cells do, their colours, notes and links do not.
    同语言文件之间整份复制；其他情况只复制内容，不含颜色、批注和链接。
    """
    from automation.commands import copy_ledger

    return copy_ledger(source, target, language, click.echo, move=move)


@main.command()
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of the sample. 示例语言。",
)
@click.option("--into", default="demo", show_default=True, help="Folder for the sample. 示例文件夹。")
@click.option("--now", default="2026-03-18T09:00", show_default=True, help="The day to show. 演示日期。")
@_guarded
def demo(language: str, into: str, now: str) -> int:
    """Build a sample ledger and run every job on it. 生成示例账本并运行全部任务。"""
    from automation.demo import show_demo

    return show_demo(Path(into), language, now, click.echo)


if __name__ == "__main__":
    main()
