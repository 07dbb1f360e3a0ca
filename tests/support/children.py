"""A function that is called in a process of its own, so that it may be killed.

The process is forked from one that has done a run already: to start Python and import the program takes longer than what is tested.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from typing import Any

from tests.support import ROOT

_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.support.first_run"])


def started(function: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """A process that calls this function of a module with these arguments, in this environment."""
    with chdir(ROOT):  # the process that is forked is started here, and finds its modules in the folder it starts in
        process = _FORKED.Process(target=_call, args=(dict(os.environ), function, arguments), daemon=True)
        process.start()
    return process


def ended(process: ForkServerProcess, seconds: float = 60) -> int:
    """Wait for the end of a process: 0 if the function returned, 1 if it raised, -9 if the process was killed."""
    process.join(seconds)
    code = process.exitcode
    assert code is not None, f"it still runs after {seconds} seconds"
    return code


def event() -> Event:
    """What one process waits for and another says; to be given to both."""
    return _FORKED.Event()


def kill(process: ForkServerProcess) -> None:
    """Kill a process, and return once it is dead; also for a thread beside the one that waits for its end."""
    process.kill()
    wait([process.sentinel], 30)


def _call(environment: Mapping[str, str], function: Callable[..., object], arguments: Sequence[Any]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    function(*arguments)
