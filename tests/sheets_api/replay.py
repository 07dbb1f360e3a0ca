"""Google's own replies as the oracle: recorded requests, sent in order to a fresh server, and what differs.

The ids that a server chooses are mapped from the recording to this server as they come up. Left out of the comparison:
what the server fills in for looks (`defaultFormat`, `spreadsheetTheme`, `effectiveFormat`, `padding`), addresses and
times, and the text of refusals, of which only the status counts.

    python -m tests.sheets_api.replay [FOLDER]
"""

from __future__ import annotations

import http.client
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import SERVICE_ACCOUNT, SheetsServer
from .store import SPREADSHEET_TYPE

PROJECT = Path(__file__).resolve().parents[2]
IGNORED = frozenset(
    {
        "spreadsheetUrl",
        "defaultFormat",
        "spreadsheetTheme",
        "effectiveFormat",
        "padding",
        "createdTime",
        "modifiedTime",
    }
)
CHOSEN = frozenset(
    {"spreadsheetId", "sheetId", "id", "namedRangeId", "protectedRangeId", "metadataId", "filterViewId", "chartId",
     "bandedRangeId"}
)  # fmt: skip
"""The fields whose values a server makes up."""
UNUSED = re.compile(r"/(?:upload/|drive/v[23]/files/[^/?]+/)")
"""Addresses that the ledger never asks for: uploads, and what lies below a file."""


def folder() -> Path:
    given = os.environ.get("LEDGER_RECORDINGS")
    return Path(given) if given else PROJECT.parent / "shared" / "recordings"


@dataclass(frozen=True)
class Difference:
    """One request that was not answered as Google did."""

    file: str
    request: str
    where: str
    theirs: Any
    ours: Any
    used: bool

    def __str__(self) -> str:
        shown = [json.dumps(value, ensure_ascii=False)[:200] for value in (self.theirs, self.ours)]
        return f"{self.file}: {self.request}\n    {self.where or 'status'}: Google {shown[0]}, here {shown[1]}"


@dataclass
class Outcome:
    """What replaying gave: how many requests there were, to endpoints in use and to others, and what differed."""

    used: int = 0
    others: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share of requests to endpoints in use that were answered as Google did."""
        wrong = sum(difference.used for difference in self.differences)
        return 1 - wrong / self.used if self.used else 0.0

    def __str__(self) -> str:
        wrong = sum(difference.used for difference in self.differences)
        return (
            f"{self.used + self.others} requests: {self.used - wrong} of {self.used} to endpoints in use as Google did "
            f"({self.rate:.1%}), {self.others - len(self.differences) + wrong} of {self.others} others"
        )


class Ids:
    """What stands here for an id in the recording."""

    def __init__(self) -> None:
        self.ours: dict[str, str] = {}

    def learn(self, theirs: Any, ours: Any) -> None:
        """Walks two replies together and notes each id that differs."""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name in theirs.keys() & ours.keys():
                if name in CHOSEN and isinstance(theirs[name], str | int) and theirs[name] != 0:
                    self.ours.setdefault(str(theirs[name]), str(ours[name]))
                self.learn(theirs[name], ours[name])
        elif isinstance(theirs, list) and isinstance(ours, list):
            for one, other in zip(theirs, ours, strict=False):
                self.learn(one, other)

    def text(self, text: str) -> str:
        """An address or a body with our ids in it."""
        pattern = r"(?<![\w-])(?:" + "|".join(map(re.escape, self.ours)) + r")(?![\w-])"
        return re.sub(pattern, lambda found: self.ours[found[0]], text) if self.ours else text

    def value(self, name: str, value: Any) -> Any:
        if isinstance(value, str) and value.endswith(".iam.gserviceaccount.com"):
            return SERVICE_ACCOUNT
        return self.ours.get(str(value), value) if name in CHOSEN else value


def differences(theirs: Any, ours: Any, ids: Ids, path: str = "", name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each place at which two replies differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in sorted((theirs.keys() | ours.keys()) - IGNORED):
            here = f"{path}.{key}" if path else key
            if key not in theirs or key not in ours:
                yield here, theirs.get(key), ours.get(key)
            else:
                yield from differences(theirs[key], ours[key], ids, here, key)
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for place, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from differences(one, other, ids, f"{path}[{place}]", name)
    elif _unlike(ids.value(name, theirs), ours, by_text=name in CHOSEN):
        yield path, theirs, ours


def _unlike(theirs: Any, ours: Any, *, by_text: bool) -> bool:
    return (
        str(theirs) != str(ours)
        if by_text
        else theirs != ours or isinstance(theirs, bool) is not isinstance(ours, bool)
    )


class Replay:
    """One recording against one server."""

    def __init__(self, server: SheetsServer, file: Path, outcome: Outcome) -> None:
        self.line = http.client.HTTPConnection(server.address, timeout=10)
        self.token = server.token()
        self.file = file
        self.outcome = outcome
        self.ids = Ids()

    def run(self) -> None:
        recording = json.loads(self.file.read_text(encoding="utf-8"))
        try:
            self._furnish(recording["interactions"])
            for interaction in recording["interactions"]:
                self._one(interaction["request"], interaction["response"])
        finally:
            self.line.close()

    def _one(self, request: dict[str, Any], response: dict[str, Any]) -> None:
        target = re.sub(r"^https://[^/]+", "", request["uri"])
        used = not UNUSED.search(target)
        self.outcome.used += used
        self.outcome.others += not used
        status, reply = self._send(request["method"], self.ids.text(target), self.ids.text(request["body"] or ""))
        found = list(self._compared(response, status, reply))
        if found:
            where, theirs, ours = found[0]
            shown = f"{request['method']} {target[:110]} {(request['body'] or '')[:110]}".rstrip()
            self.outcome.differences.append(Difference(self.file.stem, shown, where, theirs, ours, used))

    def _furnish(self, interactions: list[dict[str, Any]]) -> None:
        """Makes the files that the account had before the recording began: those that a listing names and no request
        of the recording has made. Their titles are all that is known of them."""
        replies = [(one["request"], _parsed(one["response"]["body"] or "")) for one in interactions]
        made = {
            reply.get("id") for request, reply in replies if request["method"] == "POST" and isinstance(reply, dict)
        }
        listed = {
            file["id"]: file["name"]
            for _, reply in replies
            if isinstance(reply, dict)
            for file in reversed(reply.get("files", []))
        }
        for theirs, name in listed.items():
            if theirs not in made:
                body = {"name": name, "mimeType": SPREADSHEET_TYPE}
                self.ids.ours[theirs] = json.loads(self._send("POST", "/drive/v3/files", json.dumps(body))[1])["id"]

    def _send(self, method: str, target: str, body: str) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.line.request(method, target, body.encode() or None, headers)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode()

    def _compared(self, response: dict[str, Any], status: int, reply: str) -> Iterator[tuple[str, Any, Any]]:
        if response["status"] != status:
            yield "", response["status"], f"{status} {reply[:300]}"
            return
        if status >= 400:
            return
        theirs, ours = _parsed(response["body"]), _parsed(reply)
        self.ids.learn(theirs, ours)
        yield from differences(theirs, ours, self.ids)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def replay(recordings: Path) -> Outcome:
    """Replays every recording of a folder, each against a server of its own."""
    outcome = Outcome()
    for file in sorted(recordings.glob("*.json")):
        with SheetsServer() as server:
            Replay(server, file, outcome).run()
    return outcome


def main() -> None:
    outcome = replay(Path(sys.argv[1]) if len(sys.argv) > 1 else folder())
    for difference in outcome.differences:
        print(difference)
    print(outcome)


if __name__ == "__main__":
    main()
