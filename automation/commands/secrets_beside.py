"""The secrets beside a ledger go along when it moves: without them no reply to an earlier mail is known, and no receipt leads
anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from automation.commands.reply_secret import replies_key
from automation.commands.status_names import secret_file
from automation.text.catalogue import Message, msg
from automation.workbooks.file_rights import rights_of
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

_LONGEST = 4096
_STAYS = msg("{path} did not go along ({reason}): copy it to {target} yourself, and show it to nobody.")


def carried_along(source: str, target: str) -> Iterator[Message]:
    """Copy each secret for the same people as before, unless one lies there. Returns what to do about those that cannot be."""
    for place in (replies_key, secret_file):
        old, new = place(source), place(target)
        try:
            if old.is_file() and not new.exists():
                write_whole(new, read_plain(old, _LONGEST), rights_of(old))
        except OSError as error:
            yield _STAYS.of(path=old, target=new, reason=reason_of(error))
