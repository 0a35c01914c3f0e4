"""Makes the table of the national map from two packages of facts, and says where they differ.

`python -m tools.national_map --out src/baocao/reference/geography/national.tsv` needs both packages
installed, at these versions (neither is needed at run time):

- vietnamadminunits 1.0.4 (MIT): units before and after 1/7/2025, and which commune became part of which.
  It marks one heir of a divided commune as its "default": that is a guess at addresses, no share of
  anything, and is left out. It takes some communes for their namesakes: national_map_corrections.tsv.
- vietnam-provinces 2025.10.1 (its repository: GPL-3.0-or-later), to check against: the current communes,
  matched by province and name. Its readme says that its codes are of a draft. 123 of them differ, and each of
  the 123 stands in its later releases (2026.1.0 on, "official data" of the statistics office) as it stands in
  vietnamadminunits: so the codes of vietnamadminunits are taken. `--codes vietnam-provinces` takes the others.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from baocao.reference.geography import TYPES

CORRECTIONS = Path(__file__).with_name("national_map_corrections.tsv")
WANTED = {"vietnamadminunits": "1.0.4", "vietnam-provinces": "2025.10.1"}
COUNTS = {"p": 63, "d": 696, "c": 10_035, "P": 34, "C": 3_321}

HEAD = """\
# The administrative units of Việt Nam before and from 1/7/2025, and which became part of which.
# Facts: as of 1/7/2025. Made by tools/national_map.py; do not edit by hand.
# Sources: vietnamadminunits 1.0.4, MIT, copyright (c) 2025 Tran Ngoc Minh Hieu (units, lineage, this
#   corrected for 30 communes taken for a namesake);
#   checked against vietnam-provinces 2025.10.1, Nguyễn Hồng Quân. Current codes are those of {codes}.
# Orders: 202/2025/QH15 (provinces), Decision 19/2025/QĐ-TTg (codes); the district level ended with 30/6/2025.
# Lines: p d c = province, district, commune before, in the order of the tree; P C = from then on.
#   mark, code, name, and for p d c the codes of the units that it became part of. No share is stated for any
#   of the divided communes. The first word of a name is shortened:
#   {types}.
"""

# A tone mark stands on the first vowel of an open "oa", "oe", "uy" (Hòa, Thủy), but not after q (Quý).
_OPEN = re.compile(r"(?<![q])(o)([àáảãạ])\b|(?<![q])(o)([èéẻẽẹ])\b|(?<![q])(u)([ỳýỷỹỵ])\b", re.IGNORECASE)


class NotTheFacts(Exception):
    """The packages do not say what the table needs."""


@dataclass(slots=True)
class Map:
    """What the packages say, by code; ``heirs`` leads from an old code to the codes of its new units."""

    codes_of: str
    units: dict[str, dict[str, str]] = field(default_factory=lambda: {mark: {} for mark in COUNTS})
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    heirs: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    differences: Counter[str] = field(default_factory=Counter)

    def differ(self, kind: str, what: str) -> None:
        self.differences[kind] += 1
        print(f"{kind}: {what}")


def clean(name: str) -> str:
    """A name in NFC, with single blanks, straight apostrophes, and tone marks where the official lists put them."""
    name = unicodedata.normalize("NFC", name).replace("’", "'").replace("–", "-")
    name = _OPEN.sub(_moved, " ".join(name.split()))
    kind = next((word for word in TYPES.values() if name.casefold().startswith(word.casefold() + " ")), "")
    return kind + name[len(kind) :]


def _moved(found: re.Match[str]) -> str:
    first, second = (letter for letter in found.groups() if letter)
    parted = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + parted[1]) + parted[0]


def read_map(codes_of: str) -> Map:
    """Both packages as one map, with the current codes of one of them. Raises ``NotTheFacts``."""
    for package, wanted in WANTED.items():
        if version(package) != wanted:
            raise NotTheFacts(f"{package} {version(package)} is installed, {wanted} is wanted")
    base = files("vietnamadminunits").joinpath("data")
    connection = sqlite3.connect(f"file:{base.joinpath('dataset.db')}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    whole = Map(codes_of)
    new = _new_units(whole, connection.execute("SELECT * FROM admin_units ORDER BY wardCode"), _other_codes())
    old = _old_units(whole, connection.execute("SELECT * FROM admin_units_legacy ORDER BY wardCode, districtCode"))
    _lineage(whole, json.loads(base.joinpath("converter_2025.json").read_text(encoding="utf-8")), old, new)
    if codes_of == "vietnamadminunits":
        _correct(whole, CORRECTIONS.read_text(encoding="utf-8"))
    _check(whole)
    return whole


def _other_codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Province code and folded name → code and name, from vietnam-provinces."""
    text = files("vietnam_provinces").joinpath("data", "nested-divisions.json").read_text(encoding="utf-8")
    return {
        (f"{province['code']:02d}", clean(ward["name"]).casefold()): (f"{ward['code']:05d}", clean(ward["name"]))
        for province in json.loads(text)
        for ward in province["wards"]
    }


def _new_units(
    whole: Map, rows: Iterable[sqlite3.Row], codes: dict[tuple[str, str], tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Takes in the current units; gives the code of each province key and commune key of the source."""
    known = {}
    left = dict(codes)
    for row in rows:
        province, name = row["provinceCode"], clean(row["ward"])
        try:
            other_code, other = left.pop((province, name.casefold()))
        except KeyError:
            raise NotTheFacts(f"{row['province']}, {name}: vietnam-provinces has no such commune") from None
        if name != row["ward"]:
            whole.differ("name cleaned", f"{row['ward']!r} → {name!r}")
        code = other_code if whole.codes_of == "vietnam-provinces" else row["wardCode"]
        if other != name:
            whole.differ("letters of a name", f"{code} {name!r}, elsewhere {other!r}")
        if other_code != row["wardCode"]:
            whole.differ("code", f"{name}, {row['province']}: {row['wardCode']}, in vietnam-provinces {other_code}")
        whole.units["P"][province] = clean(row["province"])
        whole.units["C"][code] = name
        whole.parents["C", code] = province
        known[row["provinceKey"], row["wardKey"]] = code
        known[row["provinceKey"], ""] = province
    if left:
        raise NotTheFacts(f"vietnamadminunits lacks {sorted(left)}")
    return known


def _old_units(whole: Map, rows: Iterable[sqlite3.Row]) -> dict[str, tuple[str, str]]:
    """Takes in the units before; gives mark and code of each key of the source."""
    known = {}
    for row in rows:
        province, district, commune = row["provinceCode"], row["districtCode"], row["wardCode"]
        whole.units["p"][province] = clean(row["province"])
        whole.units["d"][district] = clean(row["district"])
        whole.parents["d", district] = province
        known[row["provinceKey"]] = ("p", province)
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        known[key] = ("c", commune) if commune else ("d", district)
        if commune:
            whole.units["c"][commune] = name = clean(row["ward"])
            if name != row["ward"]:
                whole.differ("name cleaned", f"{commune} {row['ward']!r} → {name!r}")
            whole.parents["c", commune] = district
    return known


def _lineage(
    whole: Map, found: dict[str, dict[str, dict[str, list[str]]]], old: dict[str, tuple[str, str]],
    new: dict[tuple[str, str], str],
) -> None:  # fmt: skip
    """Takes in which unit became part of which."""
    pairs: list[tuple[str, tuple[str, str]]] = []
    for province, sources in found["DICT_PROVINCE"].items():
        pairs += ((source, (province, "")) for source in sources)
    for province, targets in found["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        pairs += ((source, (province, target)) for target, sources in targets.items() for source in sources)
    for province, divided in found["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, heirs in divided.items():
            pairs += ((source, (province, heir["newWardKey"])) for heir in heirs)  # type: ignore[index]
    for source, heir in pairs:
        if source not in old or heir not in new:
            raise NotTheFacts(f"the lineage {source} → {heir} names a unit that is in no list")
        whole.heirs.setdefault(old[source], []).append(new[heir])


def _correct(whole: Map, corrections: str) -> None:
    """Takes away the heirs that are those of a namesake. Raises ``NotTheFacts`` for one that was never named."""
    for line in corrections.splitlines():
        if line.startswith("#"):
            continue
        code, right, reason = line.split("\t")
        heirs = right.split()
        if not set(heirs) < set(whole.heirs.get(("c", code), ())):
            raise NotTheFacts(f"{CORRECTIONS.name}: {code} → {right} corrects nothing")
        whole.heirs["c", code] = heirs
        whole.differ("lineage corrected", f"{code} → {right} ({reason})")


def _check(whole: Map) -> None:
    """Raises ``NotTheFacts`` when a count or the lineage is not what the reform ordered."""
    for mark, count in COUNTS.items():
        if len(whole.units[mark]) != count:
            raise NotTheFacts(f"{len(whole.units[mark])} units {mark}, {count} are expected")
    heirless = [(mark, code) for mark in "pc" for code in whole.units[mark] if (mark, code) not in whole.heirs]
    made = {code for heirs in whole.heirs.values() for code in heirs}
    sourceless = [code for mark in "PC" for code in whole.units[mark] if code not in made]
    if heirless or sourceless:
        raise NotTheFacts(f"without heirs: {heirless}; out of nothing: {sourceless}")
    for (mark, code), heirs in sorted(whole.heirs.items()):
        _check_heirs(whole, mark, code, heirs)
    for code in sorted(whole.units["C"].keys() & whole.units["c"].keys()):
        if code not in whole.heirs["c", code]:
            name = f"{code} {whole.units['C'][code]}"
            whole.differ("code of a unit that is no part of it", f"{name}, before: {whole.units['c'][code]}")


def _check_heirs(whole: Map, mark: str, code: str, heirs: list[str]) -> None:
    if len(set(heirs)) != len(heirs):
        raise NotTheFacts(f"{mark} {code} is part of one unit twice: {heirs}")
    if mark == "p":
        return
    district = whole.parents["c", code] if mark == "c" else code
    (province,) = whole.heirs["p", whole.parents["d", district]]
    if any(whole.parents["C", heir] != province for heir in heirs):
        raise NotTheFacts(f"{mark} {code} went to another province than its own did")


def lines(whole: Map) -> Iterator[str]:
    """The table, line by line, in the order of the tree and of the codes."""
    yield HEAD.format(codes=whole.codes_of, types=", ".join(f"{short} = {word}" for short, word in TYPES.items()))
    under: dict[tuple[str, str], list[str]] = {}
    for (mark, code), parent in sorted(whole.parents.items()):
        under.setdefault((mark, parent), []).append(code)
    for province in sorted(whole.units["p"]):
        yield _line(whole, "p", province)
        for district in under["d", province]:
            yield _line(whole, "d", district)
            for commune in under.get(("c", district), ()):
                yield _line(whole, "c", commune)
    for province in sorted(whole.units["P"]):
        yield _line(whole, "P", province)
        for commune in under["C", province]:
            yield _line(whole, "C", commune)


def _line(whole: Map, mark: str, code: str) -> str:
    name = whole.units[mark][code]
    short, word = next(((short, word) for short, word in TYPES.items() if name.startswith(word + " ")), ("", ""))
    if not short:
        raise NotTheFacts(f"{mark} {code} {name!r}: the name begins with no kind of unit")
    parts = [mark, code, f"{short} {name.removeprefix(word + ' ')}"]
    if heirs := whole.heirs.get((mark, code)):
        parts.append(" ".join(sorted(heirs)))
    return "\t".join(parts) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, required=True, help="the table to write")
    parser.add_argument("--codes", choices=sorted(WANTED), default="vietnamadminunits", help="whose codes to take")
    asked = parser.parse_args(arguments)
    out: Path = asked.out
    try:
        whole = read_map(asked.codes)
        text = "".join(lines(whole))
    except NotTheFacts as problem:
        print(problem, file=sys.stderr)
        return 1
    out.write_text(text, encoding="utf-8", newline="\n")
    divided = Counter(len(heirs) for (mark, _), heirs in whole.heirs.items() if mark == "c")
    print(f"{out}: {len(text.encode())} bytes; communes by the number of their heirs: {dict(sorted(divided.items()))}")
    print(f"differences: {dict(sorted(whole.differences.items()))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
