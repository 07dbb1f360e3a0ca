"""The health ping tells the monitor how a run went, and never changes how it ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.commands import health_ping as pinging
from automation.commands.health_ping import ping
from automation.ledger.errors import LedgerError
from tests.support.monitor import SECRET, Monitor


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new ledger, as a file."""
    path = tmp_path_factory.mktemp("installed") / "ledger.xlsx"
    assert CliRunner().invoke(jobs.main, ["install", "-w", str(path), "--now", "2026-03-18"]).exit_code == 0
    return path.read_bytes()


@pytest.mark.parametrize(
    ("more", "code", "called"),
    [
        ("", 0, [""]),
        ("", 1, ["/fail"]),
        ("", 4, ["/fail"]),
        ("", -9, ["/fail"]),
        ("", 75, []),
        ("/", 0, ["/"]),
        ("/", 1, ["/fail"]),
        ("?a=b", 0, ["?a=b"]),
        ("?a=b", 1, ["/fail?a=b"]),
    ],
)
def test_what_is_called(monitor: Monitor, more: str, code: int, called: list[str]) -> None:
    ping(monitor.url + more, code)

    assert monitor.asked == [f"/{SECRET}{path}" for path in called]


def test_without_an_address_nothing_is_called() -> None:
    ping("", 1)


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "HTTP 404"), (500, "HTTP 500"), (302, "HTTP 302"), (0, "TimeoutError")]
)
def test_a_monitor_that_does_not_answer_well(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch, status: int, reason: str
) -> None:
    """Redirects are not followed, either."""
    monkeypatch.setattr(pinging, "PATIENCE", 0.2)
    monitor.status = status

    with pytest.raises(LedgerError) as told:
        ping(monitor.url, 0)

    assert (f"({reason})" in told.value.say("en"), f"（{reason}）" in told.value.say("zh")) == (True, True)
    assert monitor.asked == [f"/{SECRET}"]


NOT_SAFE = "(LEDGER_PING_URL: https://…)"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://hc.example/{secret}", NOT_SAFE), ("file:///{secret}", NOT_SAFE), ("ftp://127.0.0.1/{secret}", NOT_SAFE), ("{secret}", NOT_SAFE),
        ("http://[{secret}", NOT_SAFE), ("http://127.0.0.1.example/{secret}", NOT_SAFE), ("http://127.0.0.1:1/{secret}", "(ConnectionRefusedError)"),
        ("https://127.0.0.1:1/{secret}", "(ConnectionRefusedError)"), ("https:///{secret}", "(URLError)"), ("http://127.0.0.1/a b/{secret}", "(InvalidURL)"),
    ],
)  # fmt: skip
def test_no_other_address_is_called_and_none_is_shown(url: str, reason: str) -> None:
    with pytest.raises(LedgerError) as told:
        ping(url.format(secret=SECRET), 0)

    assert (reason in told.value.say("en"), SECRET in told.value.say("en") + told.value.say("zh")) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "file", "code", "called"),
    [
        (("run",), "good", 0, [""]),
        (("run", "--dry-run"), "good", 0, []),
        (("run",), "no workbook", 1, ["/fail"]),
        (("run", "--now", "tomorrow"), "good", 2, ["/fail"]),
        (("run",), "open", 75, []),
    ],
    ids=["done", "dry", "error", "misused", "busy"],
)
def test_a_run_tells_how_it_ended(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    monitor: Monitor,
    installed: bytes,
    arguments: tuple[str, ...],
    file: str,
    code: int,
    called: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(installed)
    if file == "no workbook":
        path.write_bytes(b"no workbook")
    if file == "open":
        path.with_name("~$ledger.xlsx").write_bytes(b"\x04Ruth")

    ended = CliRunner().invoke(
        jobs.main, [arguments[0], "--now", "2026-03-18", *arguments[1:]], env={"LEDGER_PING_URL": monitor.url}
    )

    assert (ended.exit_code, monitor.asked, SECRET in ended.output) == (
        code,
        [f"/{SECRET}{path}" for path in called],
        False,
    )


def test_a_monitor_that_cannot_be_reached_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.xlsx").write_bytes(installed)

    ended = CliRunner().invoke(jobs.main, ["run", "--now", "2026-03-18", "--ping-url", f"http://127.0.0.1:1/{SECRET}"])

    assert (ended.exit_code, ended.stderr) == (
        0,
        "The health monitor could not be told how the run ended (ConnectionRefusedError): check the network and LEDGER_PING_URL."
        " The run itself is not affected.\n",
    )
