"""How a piece of an older copy is packed: by itself, or as a change of the piece that stood in its place before.

A piece is packed with LZMA, which in rows that are much alike finds far more in common than zlib, and sooner. A change is
packed with zlib, which, unlike LZMA, can be told what was there before; it looks back 32 KB, so that a change is packed in
stretches, each beside what stood around it.
"""

from __future__ import annotations

import lzma
import zlib

_BY_ITSELF = b"L"
CHANGE = b"S"
"""With this byte begins what is packed as a change. In files of earlier versions all begins as zlib begins: with an x."""
_STRETCH = 16_384
_AROUND = 8192
"""Bytes that the rows of a stretch may have moved by."""
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 1}]
_LEAST_BACK, _MOST_BACK = 4096, 1 << 20
"""How far back LZMA may look, at least, and at most with this preset. It sets up so much room for each piece, which takes
fifty times as long as to pack a small one; unpacking does not depend on it."""


class NotPackedError(Exception):
    """Bytes that were not packed here, or no longer are what they were."""


def packed(piece: bytes) -> bytes:
    """The piece, packed by itself."""
    back = max(_LEAST_BACK, min(1 << len(piece).bit_length(), _MOST_BACK))
    return _BY_ITSELF + lzma.compress(piece, format=lzma.FORMAT_RAW, filters=[{**_FILTERS[0], "dict_size": back}])


def packed_as_change(piece: bytes, before: bytes) -> bytes:
    """The piece, packed as a change of what stood in its place before."""
    out = [CHANGE]
    for at in range(0, len(piece), _STRETCH):
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=_around(before, at))
        out += [packer.compress(piece[at : at + _STRETCH]), packer.flush()]
    return b"".join(out)


def unpacked(data: bytes, before: bytes) -> bytes:
    """The piece again; `before` is what it was packed as a change of, or empty. Raises NotPackedError."""
    try:
        if data.startswith(_BY_ITSELF):
            return lzma.decompress(data[1:], format=lzma.FORMAT_RAW, filters=_FILTERS)
        if data.startswith(CHANGE):
            return _changed(data[1:], before)
        unpacker = zlib.decompressobj(zdict=before) if before else zlib.decompressobj()
        return unpacker.decompress(data)
    except (zlib.error, lzma.LZMAError) as error:
        raise NotPackedError from error


def _changed(data: bytes, before: bytes) -> bytes:
    out: list[bytes] = []
    while data:
        unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=_around(before, len(out) * _STRETCH))
        out.append(unpacker.decompress(data))
        data = unpacker.unused_data
    return b"".join(out)


def _around(before: bytes, at: int) -> bytes:
    return before[max(0, at - _AROUND) : at + _STRETCH + _AROUND]
