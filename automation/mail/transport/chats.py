"""The chats that a message can be sent to, as they are kept on this computer: names, and addresses that are secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chats:
    """The secret address of each chat, by its address in *Notices*. `repr` leaves them out."""

    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    installed: bool = True
    """Whether what sends to chats (the extra `chat`) is installed."""

    @property
    def usable(self) -> frozenset[str]:
        """The addresses, as in *Notices*, of the chats that a message can be sent to."""
        return frozenset(self.urls) if self.installed else frozenset()
