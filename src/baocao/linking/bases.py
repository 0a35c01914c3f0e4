"""What the words around a figure set it against: a plan, the same period, an earlier time."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.linking.items import Item
from baocao.linking.lexicon import AUTHORITY, INDICATOR
from baocao.linking.reckonings import PERCENT, Against, Base
from baocao.linking.subjects import Piece
from baocao.linking.times import Role

_CLAUSE = frozenset(";.…")


def base_in(piece: Piece) -> Base | None:
    """What the words of a piece set a figure against; None for nothing, or for two things at once."""
    found: list[Base] = []
    times = [item.time for item in piece.items if item.time is not None]
    if piece.says("plan", "assigned"):
        authorities = [item.of(AUTHORITY)[-1] for item in piece.items if item.of(AUTHORITY)]
        own = [time.period for time in times if time.role is Role.OWN]
        is_of_all = piece.says("together")  # "HĐND và UBND tỉnh cùng giao 95%": each asks for that
        if (len(set(authorities)) > 1 and not is_of_all) or len(own) > 1:
            return None
        first, *others = dict.fromkeys(authorities) if authorities else ("",)
        found.append(Base(Against.PLAN, first, own[0] if own else None, tuple(others)))
    found += [Base(Against.SAME, period=time.period) for time in times if time.role is Role.SAME]
    if piece.says("previous"):
        found.append(Base(Against.PREVIOUS))
    if not found and (piece.says("against", "same") or (piece.says("equal") and not piece.is_defining)):
        found += [Base(Against.TIME, period=time.period) for time in times if time.role is Role.OWN]
    return found[0] if len(found) == 1 else None


def change_base_ahead(items: Sequence[Item], at: int) -> Base | None:
    """What a rise or fall is set against by words behind other figures of the same rise.

    "tăng 12 vụ (3,1%) so với cùng kỳ", "tăng 12 vụ, tương ứng tăng 3,1% so với cùng kỳ", "tăng từ 9 lên 12 so với ..."
    """
    piece = Piece()
    for item in items[at:]:
        if (item.mark and item.mark in _CLAUSE) or item.is_word or item.of(INDICATOR):
            break
        if item.printed is not None or item.mark:
            if (found := _against(piece)) is not None:
                return found
            piece = Piece()
        else:
            piece.items.append(item)
    return _against(piece)


def _against(piece: Piece) -> Base | None:
    return base_in(piece) if piece.says("against") else None


def pair_base_ahead(items: Sequence[Item], at: int) -> tuple[Base | None, bool]:
    """Of "A/B ha, đạt p% KH" the plan that B is; and whether a bare percentage follows ("A/B tỷ đồng, đạt p%")."""
    piece, is_percent = Piece(), False
    for item in items[at:]:
        if is_percent and (item.printed is not None or (item.mark and item.mark in ",;.…()")):
            break
        if item.printed is not None:
            if item.printed.measure != PERCENT:
                return None, False
            is_percent = True
        elif is_percent:
            if item.is_cue("join", "of_which"):
                break
            piece.items.append(item)
        elif not item.is_cue("level") and item.mark != ",":
            return None, False
    found = base_in(piece)
    if piece.unknown or (found is not None and found.against is not Against.PLAN):
        return None, False
    return found, is_percent and not piece.items
