"""Runs commands in the made-up language and lists what they say without an accent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.pseudo.accents import without_accent
from tests.pseudo.language import CODE
from tests.pseudo.outputs import pieces

KNOWN = re.compile(
    r"""
    \bpython\ \S*jobs\.py(?:\ \w+)? | \b(?:LV|EDU|RD)-[\w-]* | \bXF\b | \b(?:D[13]0|JY|SS|JJ|ZX)\b                # numbers of cases and of archives
    | \bAnonymous\b | \bqps[-\w]* | \b[0-9a-f]{8,}\b | Europe/London
    | \b(?:January|February|March|April|May(?!\ Day)|June|July|August|September|October|November|December)\b
    | \b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b
    | New\ Year's\ Day | Good\ Friday | Easter\ Monday | May\ Day | (?:Spring|Late\ Summer)\ Bank\ Holiday | (?:Christmas|Boxing)\ Day
    | \b(?:Excel|LibreOffice|WPS|Google|HTML|JSON|PDF|TLS|STARTTLS|URL|GB|CN|ENG|A4|UTC|SMTP)\b
    | \bledger\.outbox\b | [\w/.-]*\.(?:html|pdf|ods|xls|zip|pem)\b | \b(?:microsoft|google|Sheet|XFD\d+)\b | \bledger\ \d{4} | Asia/Shanghai | MANIFEST\.sha256 | \bSHA\b | TRUE
    | ^.*?\ (?:Ķéý|Ƒíñĝéŕþŕíñţ|Þŕóƀļéɱ\ çóðéš):\ .*         # what the program keeps for itself, as --verbose shows it
    | ^\s\s\w[\w-]*\ \s | (?<!\w)-\w\b | \[[\w-]+\|[\w|-]+\] | (?<=:\ )(?:demo|preview|en)(?=\])   # commands, choices and folders as they are typed
    | No\ such\ file\ or\ directory | \[Errno\ \d+\]\ Connection\ refused                           # what the system says
    | \bchats\.toml\b | \bchat:(?=\S)
    | \b(?:last-)?(?:month|term|year)\b | \b(?:outbox|odd|certificates|preview|reports|forms|copies|calendars|chats)(?=[/\s:.;]|$)
    """,
    re.VERBOSE,
)
"""What stays as it is in every language, or stands in a cell of the demo: numbers, names of programs, the CLDR's
months, holidays as their library calls them."""


class Trial:
    """A copy of the program that speaks the made-up language, and a folder to work in."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self.folder = program, folder
        self.found: list[str] = []

    def run(self, *command: str, exits: Iterable[int] = (0,)) -> str:
        """Run a command; what it says is looked at. It has to end with one of these exit codes."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("LEDGER_", "LC_", "PYTHON"))}
        environ |= {"LEDGER_LANGUAGE": CODE, "PYTHONUTF8": "1", "COLUMNS": "200"}
        done = subprocess.run(
            [sys.executable, str(self._program / "jobs.py"), *command],
            cwd=self.folder, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).replace(sys.executable, "python")
        if done.returncode not in set(exits):
            self.found.append(f"{' '.join(command)}: exit code {done.returncode}: {said[-2000:]}")
        self.look(" ".join(command), ((f"line {at}", line) for at, line in enumerate(said.splitlines(), 1)))
        return said

    def look(self, what: str, texts: Iterable[tuple[str, str]]) -> None:
        self.found += [
            f"{what}, {where}: {' '.join(plain)}   <-   {text[:160]}"
            for where, text in texts
            if (plain := without_accent(text, KNOWN))
        ]

    def look_at_files(self, *patterns: str) -> int:
        """Look at what these files say; how many there were."""
        files = sorted(file for pattern in patterns for file in self.folder.glob(pattern))
        for file in files:
            self.look(file.relative_to(self.folder).as_posix(), pieces(file))
        return len(files)


def by_words(found: Iterable[str]) -> Iterator[str]:
    """The findings, each set of words once, with how often it was found."""
    words = [one.split(": ", 1)[1].split("   <-   ")[0] for one in found]
    first: dict[str, str] = {}
    for said, one in zip(words, found, strict=True):
        first.setdefault(said, one)
    often = Counter(words)
    yield from (f"{often[said]:4} × {one}" for said, one in first.items())
