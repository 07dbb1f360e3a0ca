"""Turns Google's refusals into one sentence, in both languages, that says what happened and what to do.

Google's own messages are never passed on, since they may quote a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gspread.exceptions import APIError

from automation.ledger.errors import Busy, LedgerError

MOST_CHARACTERS = 50_000
"""Google's limit for one cell."""
MOST_CELLS = 10_000_000
"""Google's limit for one spreadsheet, over all tabs."""
FORBIDDEN, NOT_FOUND, BAD, UNAUTHORISED, TOO_MANY = 403, 404, 400, 401, 429


class Refused(LedgerError):  # noqa: N818  (what it says is that the request was)
    """Google rejected a request and did none of it (400). `message` is Google's own, never to be shown."""

    def __init__(self, message: str) -> None:
        super().__init__(
            "Google did not take what was to be written, so nothing was written: run again; if it comes again, send this line to whoever looks after the program.",
            "Google 未接受写入内容，没有写入：请再运行一次；若再次出现，请把这一行转给维护人员。",
        )
        self.message = message


def in_words(error: APIError, account: str) -> LedgerError:
    """The error in words for a person. `account` is the service account's address, or ""."""
    status = error.response.status_code
    details: Mapping[str, Any] = error.error
    message = str(details.get("message", ""))
    if status == TOO_MANY:
        return quota()
    if status == UNAUTHORISED:
        return key_refused(account, None)
    if status == FORBIDDEN:
        return api_off() if _is_disabled(details, message) else not_shared(account)
    if status == NOT_FOUND:
        return no_such_spreadsheet()
    if status == BAD:
        return _bad(message, account)
    return busy()


def _bad(message: str, account: str) -> LedgerError:
    low = message.lower()
    if "not supported for this document" in low:
        return office_file()
    if "protected cell or object" in low:
        return protected(account)
    if "50000 characters" in low:
        return cell_too_long()
    if "10000000 cells" in low:
        return too_many_cells()
    return Refused(message)


def _is_disabled(details: Mapping[str, Any], message: str) -> bool:
    reasons = {str(one.get("reason", "")) for one in details.get("details", ()) if isinstance(one, Mapping)}
    return "SERVICE_DISABLED" in reasons or "has not been used in project" in message


def no_credentials(path: str) -> LedgerError:
    """There is no key, or the file is not a key."""
    if path:
        return LedgerError(
            f"GOOGLE_APPLICATION_CREDENTIALS names {path}, which is not there or is no key file: download the service account's key again (README, steps 4 and 6).",
            f"GOOGLE_APPLICATION_CREDENTIALS 指向的 {path} 不存在或不是密钥文件：请重新下载服务账号密钥（见 docs/google.zh.md 第 4、6 步）。",
        )
    return LedgerError(
        "There are no Google credentials: set GOOGLE_APPLICATION_CREDENTIALS to the service account's key file (README, steps 4 and 6); where your organisation forbids key files (iam.disableServiceAccountKeyCreation), use `gcloud auth application-default login --impersonate-service-account=ADDRESS` instead.",
        "没有 Google 凭据：请将 GOOGLE_APPLICATION_CREDENTIALS 设为服务账号密钥文件（见 docs/google.zh.md 第 4、6 步）；若单位禁止密钥文件（iam.disableServiceAccountKeyCreation），请改用 `gcloud auth application-default login --impersonate-service-account=地址`。",
    )


def key_refused(account: str, error: Exception | None) -> LedgerError:
    """The key is no longer accepted: it was deleted or expired, or this computer's clock is wrong."""
    who, text = account or "the account", str(error or "").lower()
    if "jwt" in text and ("iat" in text or "exp" in text or "timeframe" in text):
        return LedgerError(
            "Google refused the key because this computer's clock is wrong: set the clock and run again.",
            "本机时钟不准，Google 拒绝了密钥：请校准时间后再运行。",
        )
    return LedgerError(
        f"Google refused the key of {who}: it was deleted, has expired, or key files are forbidden by your organisation; make a new key (docs/google.md, “A lost key”).",
        f"Google 拒绝了 {account or '该账号'} 的密钥：密钥已删除、已过期，或单位禁止使用密钥文件；请新建密钥（见 docs/google.zh.md“密钥丢失”）。",
    )


def not_shared(account: str) -> LedgerError:
    who = account or "the account the program runs under"
    return LedgerError(
        f"The spreadsheet is not shared with {who}, or only for reading: open it, choose Share, and add that address as Editor.",
        f"电子表格没有共享给 {account or '本程序所用账号'}，或只给了查看权限：请打开表格，点“共享”，将该地址添加为编辑者。",
    )


def api_off() -> LedgerError:
    return LedgerError(
        "The Google Sheets API is not enabled in the key's project: in the Google Cloud console open APIs & Services, Library, Google Sheets API, press Enable, and wait five minutes.",
        "密钥所属项目没有启用 Google Sheets API：请在 Google Cloud 控制台的“API 和服务 → 库”中找到 Google Sheets API，点“启用”，等五分钟。",
    )


def no_such_spreadsheet() -> LedgerError:
    return LedgerError(
        "There is no spreadsheet with this key: copy the address from the browser's address bar while the spreadsheet is open.",
        "没有这个电子表格：请打开表格，从浏览器地址栏复制网址。",
    )


def office_file() -> LedgerError:
    return LedgerError(
        "This is an Excel file that lies in Google Drive, not a Google Sheet: open it, choose File, Save as Google Sheets, and give that one's address.",
        "这是存放在 Google 云端硬盘里的 Excel 文件，不是 Google 表格：请打开后选“文件 → 另存为 Google 表格”，并使用新表格的网址。",
    )


def protected(account: str) -> LedgerError:
    who = account or "the account the program runs under"
    return LedgerError(
        f"Cells the program writes are protected against it: in Data, Protect sheets and ranges, add {who} to every protection, or take it off.",
        f"程序要写入的单元格受保护：请在“数据 → 保护工作表和范围”中为每项保护添加 {account or '本程序所用账号'}，或取消保护。",
    )


def cell_too_long(tab: str = "", place: str = "") -> LedgerError:
    where = f" {tab}!{place}" if tab else ""
    return LedgerError(
        f"The cell{where} would hold more than the {MOST_CHARACTERS:,} characters Google allows, so nothing was written: shorten it.",
        f"单元格{where}将超过 Google 允许的 {MOST_CHARACTERS:,} 字，没有写入：请缩短。",
    )


def too_many_cells() -> LedgerError:
    return LedgerError(
        f"The spreadsheet is at Google's limit of {MOST_CELLS:,} cells, so nothing was written: delete empty rows and columns at the end of large tabs, or `copy --move` to a new spreadsheet.",
        f"电子表格已达 Google 的 {MOST_CELLS:,} 个单元格上限，没有写入：请删除大表末尾的空行空列，或用 `copy --move` 迁到新表格。",
    )


def quota() -> Busy:
    return Busy(
        "Google's quota of requests a minute is used up (other programs under the same account count too): try again in a minute.",
        "Google 每分钟请求配额已用完（同一账号的其他程序也计入）：请过一分钟再试。",
    )


def busy() -> Busy:
    return Busy(
        "Google Sheets does not answer properly at the moment: the next run goes on where this one stopped.",
        "Google 表格暂时无法正常响应：下次运行会接着做。",
    )


def no_network() -> Busy:
    return Busy(
        "Google cannot be reached from here: check the network; where Google is blocked, keep the ledger in a local .xlsx workbook.",
        "无法连接 Google：请检查网络；若当地无法访问 Google，请使用本地 .xlsx 账本。",
    )


def typed_meanwhile(name: str) -> LedgerError:
    return LedgerError(
        f"Somebody typed into {name} while it was being filled, so that it is not whole: make another empty Google Sheet, and copy to that one while nobody has it open.",
        f"填充 {name} 时有人在其中输入，内容不完整：请另建一个空白 Google 表格，在无人打开时再复制。",
    )


def a_ledger_already(name: str) -> LedgerError:
    return LedgerError(
        f"{name} is a ledger already: make an empty Google Sheet, share it, and copy to that one.",
        f"{name} 已是登记账本：请新建一个空白 Google 表格并共享，再复制到该表格。",
    )
