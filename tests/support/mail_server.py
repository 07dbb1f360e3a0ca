"""A real mail server on 127.0.0.1 for tests: with TLS, its own certificate authority, AUTH, and faults on demand."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from automation.mail.transport.mailer import MailServer

USER, PASSWORD = "office@s.example", "not-in-any-log"
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it warns of its own old names at every login
DROP = "drop"
HANG = "hang"


@dataclass(eq=False)
class Post:
    """What the server got, and how it should behave.

    `on_rcpt`, `on_data` and `before_354` give a reply, `DROP` or `HANG` by recipient. For recipients in `after_data`, the server
    takes the mail and then cuts the connection.
    """

    messages: list[tuple[str, EmailMessage]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    on_mail: str = ""
    on_rcpt: dict[str, str] = field(default_factory=dict)
    before_354: dict[str, str] = field(default_factory=dict)
    on_data: dict[str, str] = field(default_factory=dict)
    after_data: set[str] = field(default_factory=set)
    tokens: set[str] | None = None
    """What the server takes, by XOAUTH2, where it takes no passwords."""
    refuses: str = ""
    """The reply to each login that is refused, where it is not the usual one."""
    lets_go_after: int = 0
    """After this many mails the connection is cut, once, as the next one begins."""
    before_taking: Callable[[int], bool] | None = None
    """Called before each mail with the number taken so far; returns whether to take it."""

    @property
    def to(self) -> list[str]:
        return [to for to, _ in self.messages]

    def authenticate(self, _: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
        self.logins.append(data.login.decode())
        right = data.password == PASSWORD.encode()
        return AuthResult(success=right, handled=False, message=None if right else self.refuses or None)

    async def auth_XOAUTH2(self, server: SMTP, said: list[str]) -> AuthResult:  # noqa: N802
        """As Microsoft and Google do it: who is refused is told why in another 334, answers nothing, and gets a 535."""
        user, token, *_ = re.split("\1auth=Bearer |\1", base64.b64decode(said[1]).decode().removeprefix("user="))
        self.logins.append(user)
        if token in (self.tokens or ()):
            return AuthResult(success=True)
        why = base64.b64encode(b'{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}').decode()
        await server.push(f"334 {why}")
        assert await server._reader.readline() == b"\r\n"  # type: ignore[union-attr]
        return AuthResult(success=False, handled=False, message=self.refuses or "535 5.7.3 Authentication unsuccessful")

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail:
            return self.on_mail
        if self.lets_go_after and len(self.messages) == self.lets_go_after:
            self.lets_go_after = 0
            return await _behave(server, DROP)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await _behave(server, self.on_rcpt.get(address, "250 OK"))

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        said = self.on_data.get(address, "250 OK")
        if self.before_taking is not None and not self.before_taking(len(self.messages)):
            said = DROP
        if said.startswith("250"):
            message = BytesParser(policy=policy.default).parsebytes(envelope.content)  # type: ignore[arg-type]
            self.messages.append((address, message))  # type: ignore[arg-type]
            if address in self.after_data:
                self.after_data.discard(address)
                said = DROP
        return await _behave(server, said)

    async def handle_QUIT(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802
        self.commands.append("QUIT")
        return "221 Bye"


class _Server(SMTP):
    """The server, which can also break off between DATA and its 354."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        (address,) = self.envelope.rcpt_tos if self.envelope is not None else ("",)
        said = self.event_handler.before_354.get(address)
        if said is None:
            await super().smtp_DATA(arg)
        elif (reply := await _behave(self, said)) == said:
            await self.push(reply)


class _Controller(Controller):
    def factory(self) -> SMTP:
        server = _Server(self.handler, **self.SMTP_kwargs)
        for one in ("XOAUTH2",) if self.handler.tokens is None else ("LOGIN", "PLAIN"):
            server._auth_methods.pop(one, None)
        return server


async def _behave(server: SMTP, said: str) -> str:
    if said == DROP:
        server.transport.abort()  # type: ignore[union-attr]
        await asyncio.sleep(0)
    elif said == HANG:
        await asyncio.sleep(3)
    return said if said[:1].isdigit() else "451 never read"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def mail_server(
    folder: Path,
    *,
    implicit: bool = False,
    trusted: bool = True,
    name: str = "127.0.0.1",
    relay: bool = False,
    issue: Callable[[trustme.CA], trustme.LeafCert] | None = None,
) -> Iterator[tuple[Post, MailServer]]:
    """A running server: what it got, and how to reach it. Its authority is trusted through SSL_CERT_FILE.

    `relay` lets everybody send, and nobody log in. `issue` makes the certificate, otherwise it is for `name`.
    """
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issue(authority) if issue else authority.issue_cert(name)).configure_cert(context)
    (folder / "ca.pem").write_bytes((authority if trusted else trustme.CA()).cert_pem.bytes())
    post = Post()
    port = free_port()
    tls = {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
    # With implicit TLS, aiosmtpd does not see that the connection is encrypted, so it must not insist on AUTH.
    controller = _Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        authenticator=post.authenticate,
        auth_required=not (implicit or relay),
        auth_require_tls=not implicit,
        auth_exclude_mechanism=["LOGIN", "PLAIN"] if relay else (),
        **tls,
    )
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(folder / "ca.pem")
    controller.start()
    try:
        yield post, MailServer("127.0.0.1", port, USER, PASSWORD, timeout=1.0, implicit_tls=implicit)
    finally:
        controller.stop()
        os.environ.pop("SSL_CERT_FILE")
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before
