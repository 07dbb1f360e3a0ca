"""Each piece comes out as it went in, whatever it is a change of, and a small change of it takes little room."""

from __future__ import annotations

import random
import zlib

import pytest

from automation.workbooks.excel.packing import CHANGE, NotPackedError, packed, packed_as_change, unpacked

NOISE = random.Random(7).randbytes(100_000)
PIECES = {
    "empty": b"",
    "a word": b"<si/>",
    "a stretch": NOISE[:16_384],
    "a stretch and a byte": NOISE[:16_385],
    "long": NOISE,
    "changed within": NOISE[:50_000] + b"changed" + NOISE[50_007:],
    "a row put in": NOISE[:40_000] + NOISE[:5000] + NOISE[40_000:],
    "something else": bytes(reversed(NOISE)),
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_piece_comes_out_as_it_went_in(piece: bytes) -> None:
    assert unpacked(packed(piece), b"") == piece
    for before in PIECES.values():
        change = packed_as_change(piece, before)
        assert change.startswith(CHANGE)
        assert unpacked(change, before) == piece


@pytest.mark.parametrize(("changed", "most"), [("long", 2000), ("changed within", 2000), ("a row put in", 9000)])
def test_a_change_takes_little_more_room_than_what_changed(changed: str, most: int) -> None:
    assert len(packed(PIECES[changed])) > 99_000
    assert len(packed_as_change(PIECES[changed], NOISE)) < most


def test_pieces_of_earlier_versions_are_read() -> None:
    packer = zlib.compressobj(9, zdict=NOISE[:32_768])
    assert unpacked(zlib.compress(NOISE), b"") == NOISE
    assert unpacked(packer.compress(NOISE[:9000]) + packer.flush(), NOISE[:32_768]) == NOISE[:9000]


@pytest.mark.parametrize("data", [packed(NOISE)[:-9], b"S\xff\xff", b"x\xda\xff\xff", b"anything"])
def test_what_is_torn_is_not_unpacked(data: bytes) -> None:
    with pytest.raises(NotPackedError):
        unpacked(data, NOISE)
