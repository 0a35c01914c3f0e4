"""LibreOffice writes the moment of printing into a PDF; a report printed twice from the same file is to be the same.

What it writes: the day of making, twice; an identifier; and a colour profile with a day of its own. All become those
of the Word file. Where a newer LibreOffice writes them otherwise, they are left as they are.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from datetime import UTC, datetime

_INFO = re.compile(rb"/(?:Creation|Mod)Date\(D:(\d{14})Z'\)")
_META = re.compile(rb"<xmp:(?:Create|Modify|Metadata)Date>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z<")
_IDS = re.compile(rb"/ID \[ <([0-9A-F]{32})>\s*<([0-9A-F]{32})> \]\s*/DocChecksum /([0-9A-F]{32})")
_PROFILE = re.compile(rb"\d+ 0 obj\n<</N 3/Length (\d+) 0 R/Filter/FlateDecode>>\nstream\n")
_TABLE = re.compile(rb"xref\n0 \d+\n((?:\d{10} \d{5} [nf] \n)+)")
_ENTRY = re.compile(rb"(\d{10})( \d{5} n)")
_START = re.compile(rb"startxref\n(\d+)\n")
_PROFILE_DAY = slice(24, 36)  # ISO 15076-1, 7.2.8: six numbers of two bytes


def dated(pdf: bytes, created: str, original: bytes) -> bytes:
    """The PDF as if printed at ``created`` ("2025-12-20T08:30:00Z"), with an identifier made of the original."""
    try:
        when = datetime.strptime(created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return pdf
    pdf = _with_profile(pdf, when)
    pdf = _replaced(pdf, _INFO, f"{when:%Y%m%d%H%M%S}".encode())
    pdf = _replaced(pdf, _META, f"{when:%Y-%m-%dT%H:%M:%S}".encode())
    return _replaced(pdf, _IDS, hashlib.sha256(original).hexdigest()[:32].upper().encode())


def _replaced(pdf: bytes, pattern: re.Pattern[bytes], new: bytes) -> bytes:
    """Every group of every match replaced by as many letters, so that nothing moves."""
    changed = bytearray(pdf)
    for match in pattern.finditer(pdf):
        for group in range(1, len(match.groups()) + 1):
            changed[match.start(group) : match.end(group)] = new
    return bytes(changed)


def _with_profile(pdf: bytes, when: datetime) -> bytes:
    found = _PROFILE.search(pdf)
    if found is None or _TABLE.search(pdf) is None:
        return pdf
    unpacking = zlib.decompressobj()
    profile = bytearray(unpacking.decompress(pdf[found.end() :]))
    end = len(pdf) - len(unpacking.unused_data)
    profile[_PROFILE_DAY] = struct.pack(">6H", *when.timetuple()[:6])
    packed = zlib.compress(bytes(profile), 9)
    length = re.compile(rb"\n%d 0 obj\n(\d+)\nendobj" % int(found[1])).search(pdf, end)
    if length is None:
        return pdf
    pdf = _edited(pdf, length.start(1), length.end(1), b"%d" % (len(packed) + 1))  # with the line end behind it
    return _edited(pdf, found.end(), end, packed)


def _edited(pdf: bytes, start: int, end: int, new: bytes) -> bytes:
    """A part replaced by one of another length; the table of places follows."""
    moved = len(new) - (end - start)
    changed = pdf[:start] + new + pdf[end:]
    if not moved:
        return changed

    def entry(match: re.Match[bytes]) -> bytes:
        place = int(match[1])
        return b"%010d%s" % (place + moved if place > start else place, match[2])

    changed = _TABLE.sub(lambda table: _ENTRY.sub(entry, table[0]), changed)
    return _START.sub(lambda line: b"startxref\n%d\n" % (int(line[1]) + moved), changed)
