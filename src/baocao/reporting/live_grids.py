"""What became of a report's numbers, as tables: what differs, and what was brought up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from baocao.formats.docx_live import LiveFile
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.text import Text
from baocao.reporting import looking_up
from baocao.reporting.differing import Difference, Kind, Standing
from baocao.reporting.placing import Spots
from baocao.reporting.refreshing import Left, Refreshed

KINDS = {
    Kind.ALTERED: Text("sửa tay", "altered by hand"),
    Kind.STALE: Text("đã cũ", "stale"),
    Kind.OVERTAKEN: Text("số ước, nay đã có kết quả", "estimate, the result is known now"),
    Kind.TYPED: Text("gõ tay, không có địa chỉ", "typed, no address"),
    Kind.DELETED: Text("mất ô số", "control gone"),
    Kind.DUPLICATED: Text("ô số bị nhân đôi", "control copied"),
    Kind.CUT: Text("ô số bị cắt", "control cut"),
    Kind.GONE: Text("kho không còn số", "no figure in the store"),
    Kind.DAMAGED: Text("phần số liệu bị hỏng", "part damaged"),
}
_UPDATED = Text("đã cập nhật", "updated")
_LEFT = {
    Kind.ALTERED: Text("để nguyên: sửa tay", "left: altered by hand"),
    Kind.CUT: Text("để nguyên: ô số bị cắt", "left: control cut"),
    Kind.OVERTAKEN: Text("để nguyên: số ước, nay đã có kết quả", "left: estimate, the result is known now"),
}
_KEPT_CUT = Text(
    "{count} ô số bị cắt khi sửa tệp nên không cập nhật được; hãy gõ lại số ở cột “Trong kho”, hoặc soạn lại báo cáo.",
    "{count} controls were cut when the file was edited and cannot be brought up to date; type the number of "
    "the column “In the store” by hand, or draft the report again.",
)
_LEFT_STUCK = Text("để nguyên: ô số không sửa được", "left: control cannot be changed")

_DIFF = Text("So tệp với bản đã soạn và với kho số liệu: {name}", "The file against its draft and the store: {name}")
_SAME = Text("Không có gì khác: {name}", "Nothing differs: {name}")
_REFRESHED = Text("Cập nhật số liệu: {name}", "Numbers brought up to date: {name}")
_FRESH = Text("Không có số nào phải cập nhật: {name}", "No number has to be brought up to date: {name}")
_UNRECKONED = Text(
    "{count} số đếm hoặc tính từ nhiều địa chỉ không tra lại được từ kho; hãy soạn lại báo cáo nếu cần.",
    "{count} numbers are counts, or reckoned from several addresses, and were not looked up again; "
    "draft the report again where that matters.",
)
_KEPT_AS_ESTIMATED = Text(
    "{count} số in là số ước, nay kho đã có kết quả thực hiện; được để nguyên vì lời văn còn ghi “ước”: "
    "hãy soạn lại báo cáo (draft --from), hoặc sửa cả lời và số.",
    "{count} numbers are told as estimates and the store has the results now; they were left, as the words say so: "
    "draft the report again (draft --from), or change words and numbers by hand.",
)
_KEPT_BY_HAND = Text(
    "{count} số sửa tay được để nguyên; thêm --all để thay bằng số trong kho.",
    "{count} numbers altered by hand were left; --all replaces them by the store's.",
)

_COLUMNS = (
    Column("kind", Text("Loại", "Kind")),
    Column("id", Text("Mã", "Key"), is_shown=False),
    Column("printed", Text("Đã soạn", "Drafted")),
    Column("now", Text("Trong tệp", "In the file")),
    Column("current", Text("Trong kho", "In the store")),
    Column("addresses", Text("Địa chỉ", "Address"), is_shown=False),
    Column("section", Text("Mục", "Section")),
    Column("words", Text("Lời văn", "Words")),
)


def of_differences(
    live: LiveFile,
    found: Sequence[Difference],
    remarks: Sequence[Text],
    *,
    is_stored: bool,
    indicators: Mapping[str, Text] = MappingProxyType({}),
) -> Grid:
    """The table of ``baocao diff``. ``indicators`` are the names of those whose numbers have no words around them."""
    name = live.document.name
    told = (*remarks, *_unreckoned(live)) if is_stored else tuple(remarks)
    title = (_DIFF if found else _SAME).fill(name=name)
    return Grid(title, _COLUMNS, tuple(_row(one, indicators) for one in found), told, not found)


def _row(one: Difference, indicators: Mapping[str, Text]) -> tuple[Cell, ...]:
    words: Cell = one.spot.words if one.remark is None else one.remark
    if one.kind is Kind.DELETED and one.addresses:
        code = one.addresses[0].split(":")[1]
        words = indicators.get(code, Text(code, code))
    return (
        KINDS[one.kind], one.key, one.printed, one.now, one.current, one.addresses, one.spot.section,
        "" if words == "[]" else words,
    )  # fmt: skip


def of_refreshed(live: LiveFile, made: Refreshed) -> Grid:
    """The table of ``baocao refresh``: clean when nothing was left and no word became untrue."""
    spots = Spots(live.document)
    rows = [_refreshed_row(_UPDATED, move.standing, move.new, spots) for move in made.moves]
    rows += [_refreshed_row(_why(one), one.standing, one.new, spots) for one in made.left]
    altered = sum(one.kind is Kind.ALTERED for one in made.left)
    overtaken = sum(one.kind is Kind.OVERTAKEN for one in made.left)
    cut = sum(one.kind is Kind.CUT for one in made.left)
    remarks = [
        *made.misfits,
        *([_KEPT_BY_HAND.fill(count=altered)] if altered else []),
        *([_KEPT_AS_ESTIMATED.fill(count=overtaken)] if overtaken else []),
        *([_KEPT_CUT.fill(count=cut)] if cut else []),
        *_unreckoned(live),
    ]
    title = (_REFRESHED if rows else _FRESH).fill(name=live.document.name)
    return Grid(title, _COLUMNS, tuple(rows), tuple(remarks), not made.left and not made.misfits)


def _why(left: Left) -> Text:
    if left.kind is None:
        return _LEFT_STUCK
    return _LEFT.get(left.kind, KINDS[left.kind])


def _refreshed_row(kind: Text, standing: Standing, new: str, spots: Spots) -> tuple[Cell, ...]:
    kept = standing.kept
    spot = spots.at(*standing.at)
    addresses = tuple(map(str, kept.source.addresses))
    return kind, kept.key, kept.printed, standing.now, new, addresses, spot.section, spot.words


def _unreckoned(live: LiveFile) -> list[Text]:
    figures = live.part.figures.values() if live.part is not None else ()
    count = sum(not looking_up.can_be_reckoned(kept.source) for kept in figures)
    return [_UNRECKONED.fill(count=count)] if count else []
