"""A little of Drive v3: the files and permissions that a client of spreadsheets asks for."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .book import new_sheet
from .cells import written
from .entry import entered
from .errors import DriveError, Json
from .locales import locale_of
from .store import SPREADSHEET_TYPE, Spreadsheet, Store

if TYPE_CHECKING:
    from .endpoints import Endpoint, Request

IMPORTED_TIME_ZONE = "America/Los_Angeles"
"""That of every spreadsheet that Drive has made of a file."""
DEFAULT_FIELDS = ("kind", "id", "name", "mimeType")


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def file_of(spreadsheet: Spreadsheet, email: str) -> Json:
    """All that this server knows of a file."""
    role = spreadsheet.role_of(email)
    return {
        "kind": "drive#file",
        "id": spreadsheet.id,
        "name": spreadsheet.title,
        "mimeType": SPREADSHEET_TYPE,
        "version": str(spreadsheet.version),
        "createdTime": _time(spreadsheet.created),
        "modifiedTime": _time(spreadsheet.modified),
        "owners": [{"kind": "drive#user", "emailAddress": spreadsheet.owner}],
        "ownedByMe": email == spreadsheet.owner,
        "trashed": False,
        "shared": len(spreadsheet.permissions) > 1,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{spreadsheet.id}/edit",
        "capabilities": {"canEdit": role in ("owner", "writer")},
        **({"permissions": spreadsheet.permissions} if role in ("owner", "writer") else {}),
    }


def _reply(request: Request, file: Json) -> Json:
    """The few fields that Drive gives unasked; all of them where a mask is to choose."""
    return file if request.mask is not None else {name: file[name] for name in DEFAULT_FIELDS}


def _file(request: Request) -> Spreadsheet:
    return request.store.file(request.path["fileId"], request.email)


def _must_write(spreadsheet: Spreadsheet, email: str) -> None:
    if spreadsheet.role_of(email) not in ("owner", "writer"):
        raise _insufficient(spreadsheet)


def _insufficient(spreadsheet: Spreadsheet) -> DriveError:
    why = f"The user does not have sufficient permissions for file {spreadsheet.id}."
    return DriveError(403, "insufficientFilePermissions", why)


def create(request: Request) -> Json:
    if request.body.get("mimeType") != SPREADSHEET_TYPE:
        raise DriveError(400, "invalid", "This test server keeps only spreadsheets.")
    title = request.body.get("name", "Untitled")
    return _reply(request, file_of(request.store.new(title, "en_US", "Etc/GMT", request.email), request.email))


def get(request: Request) -> Json:
    return _reply(request, file_of(_file(request), request.email))


def update(request: Request) -> Json:
    spreadsheet = _file(request)
    _must_write(spreadsheet, request.email)
    name = request.body.get("name")
    if name:
        draft = spreadsheet.book.draft()
        draft.properties["title"] = name
        spreadsheet.replace(draft)
    return _reply(request, file_of(spreadsheet, request.email))


def delete(request: Request) -> None:
    spreadsheet = _file(request)
    if spreadsheet.role_of(request.email) != "owner":
        raise _insufficient(spreadsheet)
    del request.store.spreadsheets[spreadsheet.id]


def copy(request: Request) -> Json:
    source = _file(request)
    title = request.body.get("name") or f"Copy of {source.title}"
    properties = source.book.properties
    twin = request.store.new(title, properties["locale"], properties["timeZone"], request.email)
    draft = source.book.draft()
    draft.properties["title"] = title
    twin.book = twin.before_last_change = draft
    return _reply(request, file_of(twin, request.email))


_TERM = re.compile(r"""(\w+)\s*(=|!=|contains|in)\s*(?:"([^"]*)"|'((?:[^'\\]|\\.)*)'|(true|false))""")
_PARENT = re.compile(r"""(?:"([^"]*)"|'([^']*)')\s+in\s+parents""")


def list_files(request: Request) -> Json:
    """The spreadsheets that the caller may see, the newest change first. Only name, type and trash can be asked for."""
    query = request.options.get("q") or ""
    newest_first = sorted(
        request.store.spreadsheets.values(), key=lambda spreadsheet: spreadsheet.modified, reverse=True
    )
    files = [file_of(spreadsheet, request.email) for spreadsheet in newest_first if spreadsheet.role_of(request.email)]
    files = [file for file in files if all(_fits(file, term) for term in str(query).split(" and ") if term)]
    if request.mask is None:
        files = [{name: file[name] for name in DEFAULT_FIELDS} for file in files]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": files}


def _fits(file: Json, term: str) -> bool:
    found = _TERM.fullmatch(term.strip())
    if found is None or found[1] not in ("name", "mimeType", "trashed", "parents"):
        if _PARENT.fullmatch(term.strip()):
            return False
        raise DriveError(400, "invalid", "Invalid Value", "q")
    wanted: Any = next(part for part in found.groups()[2:] if part is not None)
    wanted = wanted == "true" if found[5] else wanted
    value = file.get(found[1])
    if found[2] == "contains":
        return str(wanted).casefold() in str(value).casefold()
    return (value == wanted) is (found[2] != "!=")


def export(request: Request) -> bytes:
    """The first sheet as CSV or TSV. The other formats are not served."""
    spreadsheet = _file(request)
    marks = {"text/csv": ",", "text/tab-separated-values": "\t"}
    mark = marks.get(request.options.get("mimeType", ""))
    if mark is None:
        raise DriveError(400, "badRequest", "The requested conversion is not supported.", "convertTo")
    batch = spreadsheet.look(request.email)
    sheet, view = batch.book.sheets[0], batch.view()
    width = max((len(row) for row in sheet.rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark, lineterminator="\r\n")
    for row in range(len(sheet.rows)):
        writer.writerow([view.shown(sheet, row, column) for column in range(width)])
    return text.getvalue().removesuffix("\r\n").encode()


def upload(store: Store, email: str, path: str, body: bytes) -> tuple[int, Json]:
    """Drive v2's conversion of an uploaded CSV file, which puts one new sheet in the place of all others."""
    found = re.fullmatch(r"/upload/drive/v2/files/([^/]+)", path)
    spreadsheet = store.file(found[1] if found else "", email)
    _must_write(spreadsheet, email)
    locale = locale_of(spreadsheet.book.properties["locale"])
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    sheet = new_sheet(store.random.randrange(1, 2**31), spreadsheet.title)
    sheet.row_count = max(sheet.row_count, len(rows))
    for place, row in enumerate(rows):
        sheet.column_count = max(sheet.column_count, len(row))
        sheet.put_row(place, tuple(written(None, *entered(text, locale)) for text in row))
    draft = spreadsheet.book.draft()
    draft.sheets = [sheet]
    draft.properties["timeZone"] = IMPORTED_TIME_ZONE
    spreadsheet.replace(draft)
    file = file_of(spreadsheet, email)
    return 200, {"kind": "drive#file", "id": file["id"], "title": file["name"], "mimeType": file["mimeType"]}


def list_permissions(request: Request) -> Json:
    spreadsheet = _file(request)
    _must_write(spreadsheet, request.email)
    entries = spreadsheet.permissions
    if request.mask is None:
        entries = [{name: entry[name] for name in ("kind", "id", "type", "role")} for entry in entries]
    return {"kind": "drive#permissionList", "permissions": entries}


def create_permission(request: Request) -> Json:
    spreadsheet = _file(request)
    _must_write(spreadsheet, request.email)
    body = request.body
    holder = body.get("emailAddress") or body.get("domain") or ""
    entry = spreadsheet.share(holder, body.get("role", "reader"), body.get("type", "user"))
    return entry if request.mask is not None else {k: entry[k] for k in ("kind", "id", "type", "role")}


def delete_permission(request: Request) -> None:
    spreadsheet = _file(request)
    _must_write(spreadsheet, request.email)
    left = [entry for entry in spreadsheet.permissions if entry["id"] != request.path["permissionId"]]
    if len(left) == len(spreadsheet.permissions):
        raise DriveError(404, "notFound", f"Permission not found: {request.path['permissionId']}.", "permissionId")
    spreadsheet.permissions = left


def list_comments(request: Request) -> Json:
    """Comments are not kept: there are none."""
    _file(request)
    return {"kind": "drive#commentList", "comments": []}


ENDPOINTS: dict[str, Endpoint] = {
    "files.create": create,
    "files.get": get,
    "files.update": update,
    "files.delete": delete,  # type: ignore[dict-item] # it answers with nothing
    "files.copy": copy,
    "files.list": list_files,
    "files.export": export,  # type: ignore[dict-item] # it answers with a file
    "permissions.list": list_permissions,
    "permissions.create": create_permission,
    "permissions.delete": delete_permission,  # type: ignore[dict-item] # it answers with nothing
    "comments.list": list_comments,
}
