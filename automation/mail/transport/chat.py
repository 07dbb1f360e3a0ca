"""Messages handed to chats through apprise, which knows the forms of the services.

Taken alone it is not safe enough (each point tried with 2.3.0): it follows redirects, lets an address switch the check of
certificates off, takes a refusal of 企业微信 and 钉钉 (HTTP 200 with an `errcode`) for success, and says secrets to its log.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from warnings import catch_warnings

from automation.ledger.errors import LedgerError
from automation.mail.mail import IN_CHAT, Mail
from automation.mail.transport.chats import Chats
from automation.mail.transport.mailer import Handed, HandingOver, Mailer, unmarked
from sheet_schema.vocabulary import NoticeState

TIMEOUT = 10.0
"""Seconds that connecting to a chat may take, and that its answer may take."""
MOST_FAULTS = 2
"""After so many messages that a chat did not take, a run sends it no more: a server that hangs would keep the ledger locked."""
_BETWEEN = 3.0
"""Seconds between two messages to one chat: most services take twenty a minute."""
UNKNOWN, NOT_SAFE, NO_ANSWER, NOT_INSTALLED = "address not known", "address without TLS", "no answer", "not installed"
_TYPED_AS_SHOWN = (
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send/?\?access_token=([0-9A-Za-z]+)"), r"dingtalk://\1"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([0-9A-Za-z_-]+)/?"), r"feishu://\1"),
)
"""The addresses that 钉钉 and 飞书 show, which apprise does not take as they are."""
_CODES = (re.compile(r"\berror=(\d{3})\b"), re.compile(r"\bfailed: (\d{3})\b"), re.compile(r"\bcode=(-?\d{1,9})\b"))
"""What may be said of apprise's own reasons: the rest may quote the address."""


class ChatMailer:
    """Hands messages to chats, and all else to `mails`, for one run in one thread."""

    leaves_doubt = True

    def __init__(self, mails: Mailer, chats: Chats) -> None:
        self._mails = mails
        self._chats = chats
        self._plugins: dict[str, Any] = {}
        self._faults = Counter[str]()

    @property
    def ended(self) -> LedgerError | None:
        return self._mails.ended

    def open(self) -> None:
        self._mails.open()

    def close(self) -> None:
        self._mails.close()

    def deliver(self, mail: Mail, handing_over: HandingOver = unmarked) -> Handed:
        """What a chat does not take goes by mail at once, unless it is in a mail already; it is never said there a second
        time, since nobody knows whether it arrived."""
        if not mail.is_in_chat:
            return self._mails.deliver(mail, handing_over)
        refused = self._refused(mail, handing_over)
        if not refused:
            return Handed(NoticeState.SENT)
        if mail.instead is None:
            return Handed(NoticeState.FAILED, refused)
        handed = self._mails.deliver(mail.instead, handing_over)
        return replace(handed, error="; ".join(part for part in (refused, handed.error) if part))

    def _refused(self, mail: Mail, handing_over: HandingOver) -> str:
        """Why the chat did not take the message; empty if it did."""
        url = self._chats.urls[mail.to] if mail.to in self._chats.usable else ""
        if not url:
            return f"{IN_CHAT}{UNKNOWN if self._chats.installed else NOT_INSTALLED}"
        if self._faults[mail.to] >= MOST_FAULTS:
            return f"{IN_CHAT}{NO_ANSWER}"
        if mail.to not in self._plugins:
            self._plugins[mail.to] = plugin_of(url)
        plugin = self._plugins[mail.to]
        if isinstance(plugin, str):
            return f"{IN_CHAT}{plugin}"
        handing_over()
        reason = _said(plugin, mail.rendered.text.strip())
        self._faults[mail.to] += bool(reason)
        return f"{IN_CHAT}{reason}" if reason else ""


def plugin_of(url: str) -> Any:
    """What sends to this address, with certificates checked, no redirects and short waits; or, as a text, why nothing can."""
    for shown, known in _TYPED_AS_SHOWN:
        if shown.fullmatch(url):
            url = shown.sub(known, url)
    with _unlogged():
        from apprise import Apprise, AppriseAsset  # an extra, which few ledgers need; it logs what it loads

        try:
            plugin: Any = Apprise.instantiate(url, asset=AppriseAsset(http_redirects=False))
        except Exception:  # noqa: BLE001  (whatever it says may quote the address)
            plugin = None
    if plugin is None:
        return UNKNOWN
    over_tls = plugin.secure_protocol or ()
    if plugin.schema not in ((over_tls,) if isinstance(over_tls, str) else over_tls) or plugin.schema == "mailtos":
        return NOT_SAFE
    plugin.verify_certificate, plugin.redirects = True, False
    plugin.socket_connect_timeout = plugin.socket_read_timeout = TIMEOUT
    plugin.request_rate_per_sec = _BETWEEN
    return plugin


def said_in(url: str, text: str) -> str:
    """Say a text in the chat with this address. Returns why it was not taken; empty if it was."""
    plugin = plugin_of(url)
    return plugin if isinstance(plugin, str) else _said(plugin, text)


def _said(plugin: Any, text: str) -> str:
    """Say a text in a chat. Returns why it was not taken, in words that quote nothing; empty if it was."""
    with _unlogged() as warnings:
        try:
            own = _WITH_A_CODE.get(plugin.schema)
            if own is not None:
                return own(plugin, text)
            return "" if plugin.notify(body=text, body_format="text") else _reason(warnings)
        except Exception as error:  # noqa: BLE001  (whatever it says may quote the address)
            return type(error).__name__


def _reason(warnings: list[str]) -> str:
    found = (code.search(line) for line in warnings for code in _CODES)
    return next((f"code {one[1]}" for one in found if one), NO_ANSWER)


def _to_wecom(plugin: Any, text: str) -> str:
    return _posted(plugin, plugin.api_url, {"msgtype": "text", "text": {"content": text}})


def _to_dingtalk(plugin: Any, text: str) -> str:
    signed: Mapping[str, str] = {}
    if plugin.secret:
        timestamp, signature = plugin.get_signature()
        signed = {"timestamp": timestamp, "sign": plugin.unquote(signature)}
    address = plugin.notify_url.format(token=plugin.token)
    return _posted(plugin, address, {"msgtype": "text", "text": {"content": text}}, signed)


_WITH_A_CODE: Mapping[str, Callable[[Any, str], str]] = {"wecombot": _to_wecom, "dingtalk": _to_dingtalk}
"""Services that refuse with HTTP 200 and an `errcode`, which apprise does not look at."""


def _posted(plugin: Any, address: str, said: Any, query: Mapping[str, str] | None = None) -> str:
    import requests  # comes with apprise

    plugin.throttle()
    try:
        reply = requests.post(
            address,
            json=said,
            params=query,
            verify=True,
            timeout=plugin.request_timeout,
            allow_redirects=False,
        )
        if reply.status_code != requests.codes.ok:
            return f"code {reply.status_code}"
        code = reply.json()["errcode"]
    except requests.exceptions.JSONDecodeError:
        return NO_ANSWER
    except requests.RequestException as error:
        return type(error).__name__
    return "" if code == 0 else f"code {int(code)}"


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _unlogged() -> Iterator[list[str]]:
    """What apprise warns of meanwhile, and no word of it, nor of the addresses that are called, in any log."""
    warnings = _Warnings()
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3.connectionpool")]
    before = [(one.handlers[:], one.propagate) for one in loggers]
    for one in loggers:
        one.handlers, one.propagate = [warnings if one.name == "apprise" else logging.NullHandler()], False
    try:
        with catch_warnings(action="ignore"):
            yield warnings.lines
    finally:
        for one, (handlers, propagate) in zip(loggers, before, strict=True):
            one.handlers, one.propagate = handlers, propagate
