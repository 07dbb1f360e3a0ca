"""check and preview: everything that easily goes wrong, and every mail as a page, with nothing claimed or sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from tests.support.ledger_in_memory import Rows, line
from tests.support.mail_server import PASSWORD, USER, mail_server
from tests.support.small_office import ADMIN, DEPARTMENTS, FANG, HANDLED, at, ledger_at, mails, typed
from tests.support.workbook_homes import address, content, load, made_once, save

ON_BOTH = IN_TURN = True

PRINCIPAL = {"name": "孙校长", "role": "校长;值班", "email": "sun@s.example"}
OUTSIDE = {"name": "周立", "role": "校外人员", "email": "zhou@s.example"}
WHOLE: Rows = ({**FANG, "name": "王强", "role": "部门负责人;经办人"}, ADMIN, PRINCIPAL, OUTSIDE)
AT = ("--now", "2026-03-16T09:00")


def check(path: Path, *options: str) -> tuple[int, list[str]]:
    ended = CliRunner().invoke(jobs.main, ["check", "-w", address(path), *AT, *options])
    return ended.exit_code, ended.stdout.splitlines()


@made_once
def ready(folder: Path, people: Rows = WHOLE, **settings: str) -> Path:
    path = ledger_at(folder, [line(**HANDLED)], people, **{"reply_to": "office@s.example", "country": "GB", **settings})
    at(path, "2026-03-16T08:00", folder / "elsewhere")
    return path


FACTS = [
    "时间：2026-03-16 09:00（Asia/Shanghai）。",
    "发送方式：试运行。",
    "邮件：没有设置服务器（LEDGER_SMTP_HOST），邮件写入文件夹。",
]


@pytest.mark.file_only  # of a Google Sheet there is more to say: tests/workbooks/google/test_check.py
def test_a_ledger_in_order(tmp_path: Path) -> None:
    path = ready(tmp_path)
    before = content(path)
    code, said = check(path)
    hints = [
        "以下可能是有意如此（不含保密件）：",
        "  “部门”第3行：总务处有邮箱，但未填“负责人”和“邮箱查看人”；涉及邮箱查看人的信访件可能会发到这里。",
    ]
    about = [
        "信访件涉及校长、分管领导或部门负责人时（按每个事项试算）：",
        *(f"  王强，{kind}：交周立。超期时：第1级告知赵刚。" for kind in ("申诉求决", "检举控告")),
        *(f"  孙校长，{kind}：交教务处。超期时：第1级告知赵刚。" for kind in ("申诉求决", "检举控告")),
        *(f"  赵刚，{kind}：交教务处。超期时：第1级告知周立。" for kind in ("申诉求决", "检举控告")),
    ]
    assert (code, said, content(path) == before) == (0, [*FACTS, "其他没有需要处理的。", *hints, *about], True)


@pytest.mark.parametrize(
    ("people", "settings", "finding"),
    [
        ((ADMIN, PRINCIPAL), {}, "“部门”第2行：教务处及其负责人都没有可用邮箱。"),
        (({**FANG, "name": "王强"}, PRINCIPAL), {}, "“人员”：角色为“管理员”的人员均没有可用邮箱。"),
        (
            ({**FANG, "name": "王强"}, {**ADMIN, "email": ""}, PRINCIPAL),
            {},
            "“人员”：角色为“管理员”的人员均没有可用邮箱。",
        ),
        (WHOLE, {"allowed_domains": "other.example"}, "“人员”：角色为“校长”的人员均没有可用邮箱。"),
        (WHOLE, {"allowed_domains": "other.example"}, "“设置”：“允许的邮箱域名”为 other.example，因此不向 "),
        (WHOLE, {"allowed_domains": "学校"}, "“允许的邮箱域名”：“学校”不是邮箱域名。"),
        (WHOLE, {"reply_to": ""}, "“设置”：没有回信地址，回信将发往 ledger@ledger.invalid。"),
        (WHOLE, {"sending": "随便"}, "“发送方式”：“随便”"),
        (WHOLE, {"status_address": "http://s.example/x"}, "“设置”：“进度网页网址”以 http:// 开头"),
    ],
)
def test_what_is_easily_got_wrong(tmp_path: Path, people: Rows, settings: dict[str, str], finding: str) -> None:
    departments: Rows = ({"name": "教务处", "head": "王强"},)
    path = ledger_at(tmp_path, [], people, departments, **{"reply_to": "office@s.example", "country": "GB", **settings})
    code, said = check(path)
    assert (code, len([one for one in said if finding in one])) == (3, 1)


def test_a_column_that_is_missing(tmp_path: Path) -> None:
    path = ready(tmp_path)
    typed(path, "理由", "说明", row=1)
    code, said = check(path)
    assert (code, [one for one in said if "理由" in one]) == (
        3,
        ["  登记：缺少“理由”列。若被改名，请改回原名；否则请运行 install 补齐。"],
    )


def test_how_the_rules_have_fared(tmp_path: Path) -> None:
    """A rule that no case used for a year is something to look at; what may be intended changes no exit code."""
    path = ledger_at(
        tmp_path,
        [line(**HANDLED), line("LV-00002", restricted="是"), line("LV-00003", kind="咨询")],
        [*WHOLE, {"name": "何平", "role": "经办人", "email": "he@s.example"}],
        [*DEPARTMENTS, {"name": "校医室", "email": "yy@s.example"}],
        reply_to="office@s.example",
        country="GB",
        blank_rows="57",
    )
    rules: list[dict[str, object]] = [
        {"顺序": 1, "类别": "申诉求决", "承办部门": "教务处"},
        {"顺序": 2, "关键词": "太多", "承办部门": "总务处"},
        {"顺序": 3, "类别": "申诉求决", "来源形式": "来访", "承办部门": "总务处"},
        {"顺序": 4, "类别": "建议", "承办部门": "总务处"},
        {"顺序": 9, "承办部门": "教务处"},
    ]
    book = load(path)
    header = [cell.value for cell in book["分办规则"][1]]
    for row, rule in enumerate(rules, start=2):
        for label, value in {"启用": "启用", **rule}.items():
            book["分办规则"].cell(row, header.index(label) + 1).value = value  # type: ignore[assignment]
    header = [cell.value for cell in book["时限"][1]]
    book["时限"].cell(2, header.index("至") + 1).value = "2026-06-30"
    save(book, path)
    at(path, "2026-03-16T08:00", tmp_path / "elsewhere")
    code, said = check(path)
    found = [one for one in said if any(word in one for word in ("分办规则", "“部门”", "“人员”", "有意", "适用的行"))]
    assert (code, found) == (
        3,
        [
            "  分办规则第4行：本规则适用的情形都已先由第2行匹配。请把顺序调小，或删除本行。",
            "  “分办规则”第5行：近一年没有信访件按本规则分办（不含保密件）。",
            "以下可能是有意如此（不含保密件）：",
            "  “分办规则”第2行和第3行：近一年有1件同时符合，因第2行在前，由教务处承办；第3行指向总务处。",
            "  “部门”第4行：没有规则指向校医室，近一年也没有交其承办的信访件。",
            "  “人员”第2行：王强为经办人，近一年没有经办任何信访件。",
            "  “人员”第6行：何平为经办人，近一年没有经办任何信访件。",
            "  时限第2行：自2026-07-01起，这类信访件的答复没有适用的行。如应有规则，请填写“更正理由”并清空“至”，或另加一行。",
            "  “部门”第3行：总务处有邮箱，但未填“负责人”和“邮箱查看人”；涉及邮箱查看人的信访件可能会发到这里。",
            "  “部门”第4行：校医室有邮箱，但未填“负责人”和“邮箱查看人”；涉及邮箱查看人的信访件可能会发到这里。",
        ],
    )


def test_the_mail_server_is_tried_and_takes_a_test_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ready(tmp_path)
    monkeypatch.setenv("LEDGER_SMTP_PASSWORD", PASSWORD)
    with mail_server(tmp_path) as (post, server):
        options = ["--smtp-host", server.host, "--smtp-port", str(server.port), "--smtp-user", USER]
        said = [
            check(path, *options, *more)[1] for more in ((), ("--mail-to", "me@s.example"), ("--mail-to", "no address"))
        ]
        post.on_rcpt["gone@s.example"] = "550 No such mailbox"
        _, failed = check(path, *options, "--mail-to", "gone@s.example")
        assert [one.partition("：")[0] for one in failed if "测试邮件" in one] == [
            "  发往 gone@s.example 的测试邮件未被接收"
        ]
        monkeypatch.setenv("LEDGER_SMTP_PASSWORD", "wrong")
        _, refused = check(path, *options)
        assert check(path, *options, "--mail-to", "me@s.example") == (3, refused)
    place = f"127.0.0.1:{server.port}"
    let_in = f"邮件：{place} 允许 {USER} 登录，TLS 证书有效。"
    assert [[one for one in lines if "邮件：" in one or "测试邮件" in one or "邮箱地址" in one] for lines in said] == [
        [let_in],
        [let_in, "测试邮件已发往 me@s.example。"],
        [let_in, "  no address 不是邮箱地址。"],
    ]
    assert [(to, str(message["Subject"])) for to, message in post.messages] == [
        ("me@s.example", "台账测试邮件，3月16日 09:00")
    ]
    assert [one for one in refused if "拒绝" in one] == [
        f"  邮件服务器 {place} 拒绝 {USER} 登录，没有发信：请核对 LEDGER_SMTP_USER 和 LEDGER_SMTP_PASSWORD（QQ、163 等邮箱须填授权码，不是登录密码）。服务器的答复：535 5.7.8 Authentication credentials invalid"
    ]


def test_without_a_server_there_is_no_test_mail(tmp_path: Path) -> None:
    code, said = check(ready(tmp_path), "--mail-to", "me@s.example")
    assert (code, "  请先设置邮件服务器，再发测试邮件。" in said) == (3, True)


def test_preview_shows_every_mail_whether_said_before_or_not(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], sending="暂停")
    before = content(path)
    said = []
    for moment in ("2026-03-22T23:00", "2026-03-23T09:00"):  # on a Sunday night, held mails are shown, too
        options = ["preview", "-w", address(path), "--now", moment, "--into", str(tmp_path / "pages")]
        said.append((CliRunner().invoke(jobs.main, options).stdout, [to for to, _ in mails(tmp_path / "pages")]))
    page = tmp_path / "pages" / "index.html"
    assert said == [
        (f"1封邮件，见 {page}。没有发出。\n", ["fang@s.example"]),
        (f"3封邮件，见 {page}。没有发出。\n", ["fang@s.example", "gang@s.example", "min@s.example"]),
    ]
    assert content(path) == before
