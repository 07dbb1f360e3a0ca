"""A real IMAP server on 127.0.0.1 for tests (pymap, in memory): with TLS, its own certificate authority, and faults on demand."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trustme
from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag
from pysasl import SASLAuth
from pysasl.creds.plain import PlainCredentials
from pysasl.hashing import BuiltinHash
from pysasl.mechanism import ChallengeResponse
from pysasl.mechanism.oauth import OAuth2Mechanism

from automation.mail.replies.mailbox import MailboxServer
from tests.support.mail_server import PASSWORD, USER, free_port

logging.getLogger("pymap").setLevel(logging.CRITICAL)
ARRIVED = datetime(2026, 3, 18, 2, tzinfo=UTC)


@dataclass(eq=False)
class Inbox:
    """The folder of the server, and how it should behave: it says nothing for `hang` seconds once it was asked `hang_after` times."""

    loop: asyncio.AbstractEventLoop
    config: Config
    backend: DictBackend
    connections: int = 0
    hang_after: int | None = None
    hang: float = 5.0
    commands: list[bytes] = field(default_factory=list)

    def put(self, *mails: bytes, at: datetime = ARRIVED, folder: str = "INBOX") -> list[bool]:
        """Let these mails arrive, and return which the server could take: it looks into each, and stumbles over some."""
        return asyncio.run_coroutine_threadsafe(self._put(mails, at, folder), self.loop).result(600)

    async def _put(self, mails: Iterable[bytes], at: datetime, folder: str) -> list[bool]:
        mailbox = await self._folder(folder)
        taken = []
        for mail in mails:
            try:
                await mailbox.append(AppendMessage(mail, at, frozenset()))
                taken.append(True)
            except Exception:  # noqa: BLE001  (a fault of the server in the tests)
                taken.append(False)
        return taken

    async def _folder(self, folder: str) -> Any:
        identity = self.backend.login.demo_user_identity
        async with identity.new_session() as session:
            return await session.mailbox_set.get_mailbox(folder)

    def flags(self, folder: str = "INBOX") -> list[frozenset[Flag]]:
        """The flags of each mail, in order."""

        async def looked() -> list[frozenset[Flag]]:
            mailbox = await self._folder(folder)
            return [message.permanent_flags async for message in mailbox.messages()]

        return asyncio.run_coroutine_threadsafe(looked(), self.loop).result(60)

    def number_anew(self) -> None:
        """Number the mails anew, as a server does whose folder was moved: another UIDVALIDITY."""

        async def moved() -> None:
            mailbox = await self._folder("INBOX")
            mailbox._uid_validity = mailbox._uid_validity + 1

        asyncio.run_coroutine_threadsafe(moved(), self.loop).result(60)


class _ByToken(OAuth2Mechanism):
    """XOAUTH2 where the only token that counts is kept as the account's password."""

    def server_attempt(self, responses: Sequence[ChallengeResponse]) -> tuple[PlainCredentials, None]:
        said, _ = super().server_attempt(responses)
        return PlainCredentials(said.authzid, said._token or ""), None


class _TokensOnly(Config):
    @property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth([_ByToken()])


@contextmanager
def imap_server(
    folder: Path, *, implicit: bool = False, trusted: bool = True, name: str = "127.0.0.1", token: str = ""
) -> Iterator[tuple[Inbox, MailboxServer]]:
    """A running server: its inbox, and how to reach it. Its authority is trusted through SSL_CERT_FILE.

    With `token` it lets nobody in but who shows that by XOAUTH2.
    """
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    path = folder / "imap-ca.pem"
    path.write_bytes((authority if trusted else trustme.CA()).cert_pem.bytes())
    before = os.environ.get("SSL_CERT_FILE")
    if before and Path(before).is_file():  # the mail server of the same test
        path.write_bytes(path.read_bytes() + Path(before).read_bytes())
    port = free_port()
    started: list[Inbox] = []
    ready, done = threading.Event(), threading.Event()

    def serve() -> None:
        asyncio.run(_serve(started, ready, done, port, context, implicit=implicit, token=token))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(20)
    os.environ["SSL_CERT_FILE"] = str(path)
    try:
        yield started[0], MailboxServer("127.0.0.1", port, USER, PASSWORD, timeout=30.0)
    finally:
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before
        done.set()
        thread.join(20)


async def _serve(
    started: list[Inbox],
    ready: threading.Event,
    done: threading.Event,
    port: int,
    context: ssl.SSLContext,
    *,
    implicit: bool,
    token: str,
) -> None:
    args = Namespace(
        host="127.0.0.1", port=port, debug=False, cert=None, key=None, tls=not implicit, passlib_cfg=None,
        proxy_protocol=None, demo_data=False, demo_user=USER, demo_password=token or PASSWORD, inherited_sockets=None,
    )  # fmt: skip
    backend, config = await DictBackend.init(args, ssl_context=context, hash_context=BuiltinHash(rounds=1))
    if token:
        config.__class__ = _TokensOnly
    config.apply_context()
    inbox = Inbox(asyncio.get_running_loop(), config, backend)
    server = IMAPServer(backend.login, config)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inbox.connections += 1
        _watched(inbox, reader)
        with suppress(OSError, EOFError, asyncio.IncompleteReadError):
            await server(reader, writer, SocketInfoLocal(writer))

    async with AsyncExitStack() as stack:
        listening = await asyncio.start_server(connected, "127.0.0.1", port, ssl=context if implicit else None)
        stack.push_async_callback(_closed, listening)
        started.append(inbox)
        ready.set()
        while not done.is_set():
            await asyncio.sleep(0.02)


async def _closed(listening: asyncio.Server) -> None:
    listening.close()


def _watched(inbox: Inbox, reader: asyncio.StreamReader) -> None:
    """Note each command, and say nothing for a while if the inbox is to hang."""
    plain = reader.readline

    async def readline() -> bytes:
        line = await plain()
        inbox.commands.append(line)
        if inbox.hang_after is not None and len(inbox.commands) > inbox.hang_after:
            await asyncio.sleep(inbox.hang)
        return line

    reader.readline = readline  # type: ignore[method-assign]
