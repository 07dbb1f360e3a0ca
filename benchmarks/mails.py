"""The cost of a mail: composed from its notice and sent to a local server over one open, encrypted, authenticated line.

    python -m benchmarks.mails

For comparison, in the same run: plain `yagmail.send` of the same text, and finished messages over one open line.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from multiprocessing.synchronize import Event
from pathlib import Path
from time import perf_counter

import yagmail

from automation.cases.cases import cases_of
from automation.cases.recipients import Recipients
from automation.mail.letters.compose import letter
from automation.mail.letters.context import LetterContext
from automation.mail.mail import Mail, OutgoingMail
from automation.mail.message import compose
from automation.mail.outbox import every_mail
from automation.mail.transport.mailer import MailServer
from automation.mail.transport.server import ServerMailer
from automation.steps.reminders import remind
from automation.steps.validation import derive
from sheet_schema.vocabulary import NoticeState
from tests.support.ledger_in_memory import ledger, line
from tests.support.mail_server import PASSWORD, USER, mail_server

MAILS = 300
ROUNDS = 3
FASTER_THAN_YAGMAIL, OF_A_BARE_LINE = 1.8, 0.7


def serve(folder: str, ready: multiprocessing.Queue[int], done: Event) -> None:
    with mail_server(Path(folder)) as (_, server):
        ready.put(server.port)
        done.wait()


def main() -> int:
    """Print the mails a second of each way, the best of three rounds; returns 1 if a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        ready: multiprocessing.Queue[int] = multiprocessing.Queue()
        done = multiprocessing.Event()
        child = multiprocessing.Process(target=serve, args=(folder, ready, done))
        child.start()
        try:
            server = MailServer("127.0.0.1", ready.get(timeout=30), USER, PASSWORD, implicit_tls=False)
            os.environ["SSL_CERT_FILE"] = str(Path(folder) / "ca.pem")
            return compare(server)
        finally:
            done.set()
            child.join(10)


def compare(server: MailServer) -> int:
    letters, outgoing_mails = reminders()
    written = [letter(letters, outgoing_mail) for outgoing_mail in outgoing_mails]
    built = [compose(mail) for mail in written]
    size = sum(len(one.as_bytes()) for one in built) // len(built)
    ways: dict[str, Callable[[], None]] = {
        "composed and handed over": lambda: ours(server, letters, outgoing_mails),
        "plain yagmail.send": lambda: plain_yagmail(server, written),
        "built before, bare kept line": lambda: bare_line(server, built),
    }
    best = dict.fromkeys(ways, 0.0)
    for _ in range(ROUNDS):
        for name, way in ways.items():
            best[name] = max(best[name], len(outgoing_mails) / timed(way))
    print(f"{len(outgoing_mails)} mails of {size} bytes")
    for name, rate in best.items():
        print(f"  {name:30} {rate:6.0f} a second")
    mine, yagmails, bare = best.values()
    print(f"  {mine / yagmails:.2f} x plain yagmail.send (at least {FASTER_THAN_YAGMAIL})")
    print(f"  {mine / bare:.2f} x the bare line (at least {OF_A_BARE_LINE})")
    return 0 if mine >= FASTER_THAN_YAGMAIL * yagmails and mine >= OF_A_BARE_LINE * bare else 1


def timed(way: Callable[[], None]) -> float:
    start = perf_counter()
    way()
    return perf_counter() - start


def reminders() -> tuple[LetterContext, list[OutgoingMail]]:
    """Reminders for many handlers, each of one case."""
    numbers = range(1, MAILS + 1)
    register = [
        line(
            f"LV-{i:05d}",
            handler=f"经办{i}",
            decision="受理",
            decided_on="2026-03-03",
            summary="食堂涨价，请公开成本和合同。" * 3,
        )
        for i in numbers
    ]
    people = [{"name": f"经办{i}", "role": "经办人", "email": f"h{i}@s.example"} for i in numbers]
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for row in register]
    now = datetime(2026, 3, 28, 9)  # noqa: DTZ001  (the office's own clock)
    cases = cases_of(derive(ledger(register=register, people=people, index=index), now).ledger, now)
    recipients = Recipients(cases.ledger.policy, cases.register, cases.confidence, now.date())
    outgoing_mails, _ = every_mail(remind(cases, now), recipients)
    assert len(outgoing_mails) == MAILS, len(outgoing_mails)
    letters = LetterContext(
        cases.ledger, now, datetime.now(UTC), recipients, sender=USER, workbook="ledger.xlsx", cases=cases
    )
    return letters, outgoing_mails


def ours(server: MailServer, letters: LetterContext, outgoing_mails: list[OutgoingMail]) -> None:
    mailer = ServerMailer(server)
    mailer.open()
    for outgoing_mail in outgoing_mails:
        assert mailer.deliver(letter(letters, outgoing_mail)).state is NoticeState.SENT
    mailer.close()


def plain_yagmail(server: MailServer, written: list[Mail]) -> None:
    """Send finished mails as yagmail's manual shows. It needs no certificate, since it checks none."""
    client = yagmail.SMTP(USER, PASSWORD, host=server.host, port=server.port, smtp_starttls=True, smtp_ssl=False)
    for mail in written:
        client.send(mail.to, mail.rendered.subject, mail.rendered.html)
    client.close()


def bare_line(server: MailServer, built: list[EmailMessage]) -> None:
    mailer = ServerMailer(server)
    mailer.open()
    smtp = mailer._connection.smtp  # the SMTP connection itself
    for message in built:
        smtp.sendmail(USER, [message["To"].addresses[0].addr_spec], message.as_bytes())
    mailer.close()


if __name__ == "__main__":
    raise SystemExit(main())
