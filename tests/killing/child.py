"""One run that kills itself, and the process it is in, at its nth step.

A step is a write or flush of a file, a rename, what is sent to the mail server or its answer, and a request to Google;
the process is killed before it is done, or after.
"""

from __future__ import annotations

import os
import signal
import smtplib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import requests

from automation.mail.transport.mailer import MailServer
from tests.support.mail_server import PASSWORD, USER
from tests.support.small_office import at

STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (os, "rename"),
    (os, "replace"),
    (smtplib.SMTP, "send"),
    (smtplib.SMTP, "getreply"),
    (requests.Session, "send"),
]


def run_killed_at(path: Path, port: int, moment: str, nth: int) -> None:
    """Do a run that kills itself at this step, from 0."""
    die_at(nth, STEPS)
    at(path, moment, path.parent / "out", server=MailServer("127.0.0.1", port, USER, PASSWORD, implicit_tls=False))


def die_at(nth: int, steps: Sequence[tuple[Any, str]]) -> None:
    """Let the process kill itself at this step, from 0: before or after one of these functions is called."""
    left = nth

    def step() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*arguments: Any, **options: Any) -> Any:
            step()
            done = function(*arguments, **options)
            step()
            return done

        return doing

    for owner, name in steps:
        setattr(owner, name, counted(getattr(owner, name)))
