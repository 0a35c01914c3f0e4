"""What is asked of a catalogue before a figure is computed with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from baocao.figures.formula import NotAFormula, relation, told
from baocao.figures.formula_tree import codes
from baocao.figures.formula_units import check_relation, check_result
from baocao.model import Text
from baocao.model.indicator import Indicator, Over
from baocao.reference import indicators as reference

if TYPE_CHECKING:
    from baocao.figures.catalogue import Catalogue

Asked = Callable[["Catalogue", Indicator], Iterator[Text]]

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_ODD_CODE = Text(
    "{code}: mã gồm chữ thường không dấu và số, nối bằng “_”.", "{code}: a code has small letters and digits, with “_”."
)
_NO_NAME = Text("{code}: thiếu tên tiếng {lang}; hãy ghi thêm.", "{code}: the {lang} name is missing; add it.")
_VI = Text("Việt (vi)", "Vietnamese (vi)")
_EN = Text("Anh (en)", "English (en)")
_PLACE = Text("{file}, dòng {line}: ", "{file}, line {line}: ")
_TWICE = Text(
    "{code}: {what} “{seen}” đã dùng cho {other}; hãy đặt {what} khác.",
    "{code}: the {what} “{seen}” is also that of {other}; choose another.",
)
_CODE_WORD = Text("mã", "code")
_NAME_WORD = Text("tên", "name")
_UNKNOWN = Text(
    "{code}: {field} “{seen}” không có trong danh mục{near}.", "{code}: {field} “{seen}” is in no list{near}."
)
_NEAR = Text("; có thể là {near}", "; perhaps {near}")
_NO_SOURCE = Text("{code}: thiếu {field}; hãy khai thêm.", "{code}: {field} is missing; give it.")
_HALF = Text(
    "{code}: tỷ lệ phải có cả tử số (numerator) và mẫu số (denominator).",
    "{code}: a ratio has both a numerator and a denominator.",
)
_BOTH = Text(
    "{code}: chỉ khai một cách tính: công thức, tử số / mẫu số, hoặc các phần.",
    "{code}: only one of formula, numerator / denominator and parts may be given.",
)
_NO_RATIO = Text(
    "{code}: tính bằng {unit} mà không có tử số / mẫu số hoặc công thức, nên không tổng hợp được; "
    "hãy khai tử số và mẫu số, hoặc over_place = over_time = “none”.",
    "{code}: is told in {unit} without numerator / denominator or formula, so it cannot be rolled up; "
    "give both, or over_place = over_time = “none”.",
)
_ADDED = Text(
    "{code}: tính bằng {unit}, không được cộng hoặc lấy trung bình ({field} = {seen}).",
    "{code}: is told in {unit}, which is never added up or averaged ({field} = {seen}).",
)
_RECOMPUTE = Text(
    "{code}: {field} = {seen}; chỉ tiêu tính từ chỉ tiêu khác phải là “recompute” hoặc “none”.",
    "{code}: {field} = {seen}; an indicator computed from others is “recompute” or “none”.",
)
_NO_WAY = Text(
    "{code}: {field} = recompute mà không có cách tính.", "{code}: {field} = recompute without a way to compute it."
)
_PER = Text("{code}: per = {seen}; phải lớn hơn 0.", "{code}: per = {seen}; it must be above 0.")
_WEIGHT = Text(
    "{code}: quyền số (weight) chỉ dùng với trung bình (mean).", "{code}: a weight is for a mean over places alone."
)
_PARTS = Text(
    "{code}: chỉ tiêu ghép cần từ hai phần khác nhau và khác chính nó.",
    "{code}: a compound indicator has two parts or more, all different, none itself.",
)
_RANGE = Text(
    "{code}: khoảng hợp lý ngược, {low} lớn hơn {high}.", "{code}: the range is turned round, {low} is above {high}."
)
_FORMULA = Text("{code}: {problem}", "{code}: {problem}")
_IDENTITY = Text("{code}, đẳng thức “{identity}”: {problem}", "{code}, identity “{identity}”: {problem}")
_COMPOUND = Text(
    "{code}: tính từ {seen} là chỉ tiêu ghép, không có số liệu riêng; hãy dùng các phần của nó.",
    "{code}: is computed from {seen}, which is compound and has no figure of its own; use its parts.",
)
_NOT_BROKEN_DOWN = Text(
    "{code}: phân tổ theo {seen} mà {other} không phân tổ như vậy nên không tính được.",
    "{code}: is broken down by {seen} while {other} is not, so it cannot be computed.",
)
_STRANGER = Text("không nhắc đến chính chỉ tiêu này.", "it does not name the indicator itself.")
_CIRCLE = Text(
    "{code}: tính vòng {path}; hãy bỏ một cách tính trong vòng này.",
    "{code}: is computed in a circle {path}; take one of these ways to compute away.",
)
_AXES = ("over_place", "over_time")


def findings(catalogue: Catalogue) -> Iterator[Text]:
    """All findings: of the files, then of each indicator in the order of the catalogue, then the circles."""
    yield from catalogue.problems
    yield from _doubles(catalogue)
    for at, indicator in enumerate(catalogue.indicators):
        for ask in _ASKED:
            yield from (_placed(catalogue, at, finding) for finding in ask(catalogue, indicator))
    codes = [one.code for one in catalogue.indicators]
    for path in catalogue.circles():
        circle = told(_CIRCLE, code=path[0], path=" → ".join(path))
        yield _placed(catalogue, codes.index(path[0]), circle)


def _placed(catalogue: Catalogue, at: int, finding: Text) -> Text:
    """A finding with the place of its indicator before it, where that is known."""
    if at >= len(catalogue.places):
        return finding
    place = catalogue.places[at]
    before = told(_PLACE, file=place.file, line=place.line)
    return Text(before.vi + finding.vi, before.en + finding.en)


def _doubles(catalogue: Catalogue) -> Iterator[Text]:
    from baocao.figures.catalogue import folded

    owners: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    for at, one in enumerate(catalogue.indicators):
        if one.code in first:
            other = _where(catalogue, first[one.code])
            yield _placed(catalogue, at, told(_TWICE, code=one.code, what=_CODE_WORD, seen=one.code, other=other))
            continue
        first[one.code] = at
        for lang, name in (("vi", one.name.vi), ("en", one.name.en)):
            owner = owners.setdefault((lang, folded(name)), at)
            if owner != at and name.strip():
                other = _where(catalogue, owner)
                yield _placed(catalogue, at, told(_TWICE, code=one.code, what=_NAME_WORD, seen=name, other=other))


def _where(catalogue: Catalogue, at: int) -> str:
    code = catalogue.indicators[at].code
    return f"{code} ({catalogue.places[at].file})" if at < len(catalogue.places) else code


def _names(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    if not _CODE.fullmatch(one.code):
        yield told(_ODD_CODE, code=one.code)
    for name, lang in ((one.name.vi, _VI), (one.name.en, _EN)):
        if not name.strip():
            yield told(_NO_NAME, code=one.code, lang=lang)
    for field in ("unit", "sector", "department", "source"):
        if not getattr(one, field).strip():
            yield told(_NO_SOURCE, code=one.code, field=field)


def _lists(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    """Whatever is named stands in its list."""
    measures = {measure.code for measure in catalogue.measures}
    fields = (
        ("unit", (one.unit,), measures),
        ("sector", (one.sector,), set(reference.sectors())),
        ("department", (one.department,), set(reference.departments())),
        ("breakdowns", one.breakdowns, set(reference.dimensions())),
    )
    for field, words, known in fields:
        for word in words:
            if word and word not in known:
                yield told(_UNKNOWN, code=one.code, field=field, seen=word, near="")
    for field, words in (
        ("numerator", (one.numerator,)),
        ("denominator", (one.denominator,)),
        ("weight", (one.weight,)),
        ("parts", one.parts),
    ):
        for word in words:
            if word and word not in catalogue:
                near = ", ".join(catalogue.near(word))
                hint = told(_NEAR, near=near) if near else ""
                yield told(_UNKNOWN, code=one.code, field=field, seen=word, near=hint)


def _adding(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    """Percentages are recomputed, never added up or averaged (nor is anything else that is derived)."""
    unit = next((measure for measure in catalogue.measures if measure.code == one.unit), None)
    is_share = unit is not None and unit.dimension == "ratio"
    if is_share and not one.is_derived and any(over is not Over.NONE for over in (one.over_place, one.over_time)):
        yield told(_NO_RATIO, code=one.code, unit=unit.name if unit else "")
    for field in _AXES:
        over: Over = getattr(one, field)
        if is_share and over in (Over.MEAN, Over.SUM):
            yield told(_ADDED, code=one.code, unit=unit.name if unit else "", field=field, seen=over.value)
        elif one.is_derived and over not in (Over.RECOMPUTE, Over.NONE):
            yield told(_RECOMPUTE, code=one.code, field=field, seen=over.value)
        elif over is Over.RECOMPUTE and not one.is_derived:
            yield told(_NO_WAY, code=one.code, field=field)
    if one.weight and one.over_place is not Over.MEAN:
        yield told(_WEIGHT, code=one.code)


def _shape(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    if bool(one.numerator) is not bool(one.denominator):
        yield told(_HALF, code=one.code)
    if sum(map(bool, (one.formula, one.numerator, one.parts))) > 1:
        yield told(_BOTH, code=one.code)
    if one.per <= 0:
        yield told(_PER, code=one.code, seen=one.per)
    if one.parts and (len(set(one.parts)) < max(2, len(one.parts)) or one.code in one.parts):
        yield told(_PARTS, code=one.code)
    low, high = one.plausible
    if low is not None and high is not None and low > high:
        yield told(_RANGE, code=one.code, low=low, high=high)


def _definition(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    """The formula can be read, and comes out in the indicator's unit."""
    if one.code not in catalogue or not one.is_derived:
        return
    if not one.formula and (one.per <= 0 or any(code not in catalogue for code in (one.numerator, one.denominator))):
        return  # told by _lists or _shape
    try:
        tree = catalogue.definition(one.code)
        unit = catalogue.units.get(one.code)
        if tree and unit and all(code in catalogue.units for code in codes(tree)):
            check_result(tree, catalogue.units, unit)
    except NotAFormula as problem:
        yield told(_FORMULA, code=one.code, problem=problem.text)


def _made_of(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    """What an indicator is computed from has figures, and for all members that it is asked for."""
    for code in catalogue.uses.get(one.code, ()):
        if code not in catalogue:
            continue
        if catalogue[code].parts:
            yield told(_COMPOUND, code=one.code, seen=code)
        for dimension in one.breakdowns:
            if dimension not in catalogue[code].breakdowns:
                yield told(_NOT_BROKEN_DOWN, code=one.code, seen=dimension, other=code)


def _identities(catalogue: Catalogue, one: Indicator) -> Iterator[Text]:
    """Each identity can be read, names its indicator, and its sides are measured in the same."""
    for identity in one.identities:
        try:
            tree = relation(identity, catalogue)
            check_relation(tree, catalogue.units)
        except NotAFormula as problem:
            yield told(_IDENTITY, code=one.code, identity=identity, problem=problem.text)
            continue
        if one.code not in codes(tree):
            yield told(_IDENTITY, code=one.code, identity=identity, problem=_STRANGER)


_ASKED: tuple[Asked, ...] = (_names, _lists, _adding, _shape, _definition, _made_of, _identities)
