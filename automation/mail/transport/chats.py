"""The chats that a message can be sent to, as they are kept on this computer: names, and addresses that are secrets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Chats:
    """The secret address of each chat, by its address in *Notices*. `repr` leaves them out."""

    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    installed: bool = True
    """Whether what sends to chats (the extra `chat`) is installed."""

    @property
    def usable(self) -> frozenset[str]:
        """The addresses, as in *Notices*, of the chats that a message can be sent to."""
        return frozenset(self.urls) - self.shared if self.installed else frozenset()

    @cached_property
    def shared(self) -> frozenset[str]:
        """The addresses of chats that lead where another one leads, too: nobody can tell who reads along there, so that what one
        person may know could stand in a room (docs/design.md#p5.24)."""
        leads_to = {address: url.strip().rstrip("/") for address, url in self.urls.items()}
        names = Counter(leads_to.values())
        return frozenset(address for address, url in leads_to.items() if names[url] > 1)
