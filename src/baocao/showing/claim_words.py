"""What claims are called for people: their kinds, how their figures were found, and how sure that is."""

from __future__ import annotations

from functools import cache
from typing import Final

from baocao.model import Claim, Comparator, Language, Strength
from baocao.reference import load

_KINDS: Final = {
    "ratio": "tỷ lệ",
    "sum": "tổng",
    "percent_sum": "tổng tỷ trọng",
    "difference": "tăng, giảm, còn lại",
    "product": "tích",
    "list_count": "đếm danh sách",
    "value": "trị số",
    "citation": "viện dẫn văn bản",
    "date": "ngày, kỳ",
}
_STRENGTHS: Final = {Strength.CERTAIN: "chắc chắn", Strength.LIKELY: "khá chắc", Strength.POSSIBLE: "có thể"}
_COMPARATORS: Final = {
    Comparator.ABOUT: "khoảng",
    Comparator.AT_LEAST: "ít nhất",
    Comparator.AT_MOST: "nhiều nhất",
}
_BASES: Final = {
    "(": "trong ngoặc",
    "base beside it": "gốc ghi bên cạnh",
    "base not found": "không thấy gốc",
    "base not printed": "gốc không ghi",
    "both in brackets": "cả hai số trong ngoặc",
    "day": "ngày",
    "found elsewhere": "tìm thấy ở chỗ khác",
    "from one to the other": "từ số này đến số kia",
    "issued": "ngày ban hành",
    "learned from the rows": "suy từ các dòng của bảng",
    "malformed groups": "nhóm chữ số sai",
    "month": "tháng",
    "months": "số tháng",
    "months_left": "số tháng còn lại",
    "near by": "số ở gần",
    "note": "trong chú thích",
    "pair": "cặp số A/B",
    "pair in brackets": "cặp số trong ngoặc",
    "quarter": "quý",
    "said": "theo lời văn",
    "stated twice": "ghi hai lần",
    "symbol": "ký hiệu văn bản",
    "the plan in the sentence": "kế hoạch ghi trong câu",
    "told before": "đã ghi ở trước",
    "whole less part": "tổng trừ phần",
    "year": "năm",
}
_BY_CONTEXT: Final = "theo văn cảnh"


def kind(claim: Claim, lang: Language) -> str:
    """The kind of a claim ("tỷ lệ")."""
    return _KINDS.get(claim.kind, claim.kind) if lang == "vi" else claim.kind


def strength(claim: Claim, lang: Language) -> str:
    """How sure the reading of a claim is."""
    return _STRENGTHS[claim.strength] if lang == "vi" else claim.strength.value


def comparator(value: Comparator, lang: Language) -> str:
    """What a word before a figure makes of it ("khoảng")."""
    return _COMPARATORS.get(value, value.value) if lang == "vi" else value.value.replace("_", " ")


def basis(claim: Claim, lang: Language) -> str:
    """How the figures of a claim were found; the report's own opening word ("trong đó") stands as it is."""
    found = claim.basis
    if lang != "vi" or not found:
        return found or "-"
    if found.startswith("note "):
        return f"trong chú thích, {found.removeprefix('note ')}"
    return _BASES.get(found) or (_BY_CONTEXT if found.isascii() and found not in ("trong", ":") else found)


def unit_of_amount(unit: str) -> str:
    """The unit that amounts of a printed unit are held in: an area in ha is held in m²."""
    return _first_units().get(unit.lower(), unit)


@cache
def _first_units() -> dict[str, str]:
    units: dict[str, str] = {}
    for measure in load("units")["measure"].values():
        first = next((name for name, factor in measure.items() if factor == 1), "").replace("2", "²").replace("3", "³")
        units.update({name: first for name, factor in measure.items() if factor != 1 and first})
    return units
