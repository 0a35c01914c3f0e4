"""A catalogue finds its indicators, orders them, and tells each of its faults."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baocao.figures.catalogue import Catalogue, folded
from baocao.figures.formula import NotAFormula
from baocao.figures.formula_order import circles, in_order
from baocao.figures.formula_tree import Binary, Name, Number
from baocao.model import Text
from baocao.model.indicator import Indicator, Over
from baocao.reference.indicators import entries_in, measures, read

AREA = Indicator("ruong", Text("Diện tích ruộng", "Fields"), "ha", "trong_trot", department="nong_nghiep", source="thử")
OUTPUT = replace(AREA, code="thoc", name=Text("Sản lượng thóc", "Paddy"), unit="tan")
YIELD = replace(
    AREA, code="nang", name=Text("Năng suất thóc", "Yield of paddy"), unit="ta_ha",
    numerator="thoc", denominator="ruong",
    per=Decimal(10), over_place=Over.RECOMPUTE, over_time=Over.RECOMPUTE,
)  # fmt: skip
GROWTH = replace(
    AREA, code="tang", name=Text("Tốc độ tăng thóc", "Growth of paddy"), unit="phan_tram",
    formula='"Sản lượng thóc" / cùng kỳ(thoc) * 100 - 100', over_place=Over.RECOMPUTE, over_time=Over.RECOMPUTE,
)  # fmt: skip
OTHER = replace(AREA, code="lap", name=Text("Khác", "Other"))
SOUND = (GROWTH, YIELD, AREA, OUTPUT)


def catalogue(*indicators: Indicator) -> Catalogue:
    return Catalogue(indicators, measures().values())


def faults(*indicators: Indicator) -> list[str]:
    return [text.say("vi") for text in catalogue(*indicators).check()]


def test_a_sound_catalogue_has_no_faults() -> None:
    assert faults(*SOUND) == []


def test_an_indicator_is_found_by_code_and_by_name() -> None:
    known = catalogue(*SOUND)
    assert known.find("thoc") is OUTPUT
    assert known.find("SẢN LƯỢNG  THÓC") is OUTPUT
    assert known.find("san luong thoc") is OUTPUT
    assert known.code_of("Diện tích ruộng") == "ruong"
    assert known.find("khoai") is None
    assert known.near("thocs")[0] == "thoc"
    assert known.near("dien tich ruon")[0] == "ruong"
    assert known["nang"] is YIELD
    assert "nang" in known
    assert "khoai" not in known
    assert len(known) == 4
    assert known.unit("nang").code == "ta_ha"
    assert known.of_sector("trong_trot") == SOUND
    assert known.of_sector("y_te") == ()


def test_names_are_told_apart_without_case_and_marks() -> None:
    assert folded("Đất - TRỒNG  trọt (ha)") == "dat trong trot ha"


def test_a_ratio_is_defined_by_its_numerator_and_denominator() -> None:
    known = catalogue(*SOUND)
    assert known.definition("nang") == Binary("/", Binary("*", Number(Decimal(10)), Name("thoc")), Name("ruong"))
    assert known.definition("thoc") is None
    assert known.uses == {"nang": ("thoc", "ruong"), "tang": ("thoc",)}
    with pytest.raises(KeyError):
        known.definition("khoai")


def test_a_breakdown_is_one_that_the_indicator_has() -> None:
    known = catalogue(replace(AREA, breakdowns=("mua_vu", "gioi_tinh")), OUTPUT)
    assert known.misfit("ruong", ()) is None
    assert known.misfit("ruong", (("gioi_tinh", "nu"), ("mua_vu", "xuan"))) is None
    for code, breakdown, said in (
        ("thoc", (("mua_vu", "xuan"),), "“mua_vu”; các phân tổ: không có."),
        ("ruong", (("cap_hoc", "thcs"),), "“cap_hoc”; các phân tổ: mua_vu, gioi_tinh."),
        ("ruong", (("gioi_tinh", "khac"),), "không có thành phần “khac”; các thành phần: nam, nu."),
    ):
        text = known.misfit(code, breakdown)
        assert text is not None
        assert said in text.say("vi")


def test_identities_name_codes() -> None:
    known = catalogue(*SOUND, replace(AREA, code="khoai", identities=('khoai <= "Diện tích ruộng"',)))
    assert [identity.right for identity in known.identities("khoai")] == [Name("ruong")]


def test_the_order_puts_parts_before_wholes_however_they_come() -> None:
    double = replace(GROWTH, code="ban", name=Text("Hai", "Two"), formula="nang * thoc / nang", unit="tan")
    triple = replace(GROWTH, code="an", name=Text("Ba", "Three"), formula="ban + ban", unit="tan")
    for indicators in ((triple, double, *SOUND), (*SOUND, double, triple)):
        assert catalogue(*indicators).order() == ("nang", "tang", "ban", "an")


def test_a_circle_is_told_as_its_path() -> None:
    first = replace(GROWTH, code="mot", name=Text("Một", "One"), formula="hai + thoc", unit="tan")
    second = replace(GROWTH, code="hai", name=Text("Hai", "Two"), formula="kỳ trước(mot) * 2", unit="tan")
    behind = replace(GROWTH, code="sau", name=Text("Sau", "Behind"), formula="mot", unit="tan")
    assert faults(*SOUND, first, second, behind) == [
        "hai: tính vòng hai → mot → hai; hãy bỏ một cách tính trong vòng này."
    ]
    assert catalogue(*SOUND, first, second, behind).order() == ("nang", "tang")
    itself = replace(GROWTH, code="mot", name=Text("Một", "One"), formula="đầu năm(mot)", unit="tan")
    assert faults(*SOUND, itself) == ["mot: tính vòng mot → mot; hãy bỏ một cách tính trong vòng này."]


def test_circles_take_the_shortest_way_and_each_knot_once() -> None:
    uses = {"a": ["b", "c"], "b": ["d"], "d": ["a"], "c": ["a"], "e": ["a"], "x": ["y"], "y": ["x"]}
    assert circles(uses) == (("a", "c", "a"), ("b", "d", "a", "b"), ("x", "y", "x"))
    assert circles({"a": ["b"], "b": []}) == ()
    assert in_order({"c": ["b", "z"], "b": ["a"], "a": []}) == ("a", "b", "c")


def _with(one: Indicator, **fields: Any) -> tuple[Indicator, ...]:
    changed = replace(one, **fields)
    return tuple(changed if other is one else other for other in SOUND)


@pytest.mark.parametrize(
    ("indicators", "said"),
    [
        ((*SOUND, replace(OUTPUT, name=Text("Khác", "Other"))), ["thoc: mã “thoc” đã dùng cho thoc; hãy đặt"]),
        (
            (*SOUND, replace(OUTPUT, code="lap", name=Text("sản lượng THOC", "Other"))),
            ["lap: tên “sản lượng THOC” đã dùng cho thoc; hãy đặt"],
        ),
        ((*SOUND, replace(OUTPUT, code="lap", name=Text("Khác", "paddy"))), ["tên “paddy” đã dùng cho thoc; hãy"]),
        ((*SOUND, replace(OUTPUT, code="Lúa", name=Text("Khác", "Other"))), ["Lúa: mã gồm chữ thường"]),
        (_with(OUTPUT, name=Text("Sản lượng thóc", " ")), ["thoc: thiếu tên tiếng Anh"]),
        (_with(AREA, name=Text("", "Fields")), ["ruong: thiếu tên tiếng Việt"]),
        (_with(AREA, unit="mẫu"), ["ruong: unit “mẫu”"]),
        (_with(AREA, sector="khac"), ["ruong: sector “khac”"]),
        (_with(AREA, department="so"), ["ruong: department “so”"]),
        (_with(AREA, breakdowns=("mua_vu", "mau")), ["ruong: breakdowns “mau”"]),
        (_with(AREA, source=""), ["ruong: thiếu source"]),
        (_with(YIELD, numerator="thocs"), ["nang: numerator “thocs” không có trong danh mục; có thể là thoc"]),
        (_with(YIELD, denominator=""), ["nang: tỷ lệ phải có cả tử số"]),
        (_with(YIELD, per=Decimal(1)), ["nang: Đơn vị tính lệch nhau"]),
        (_with(YIELD, per=Decimal(0)), ["nang: per = 0"]),
        (_with(YIELD, unit="tan"), ["nang: Đơn vị tính không hợp nhau"]),
        (_with(YIELD, over_place=Over.SUM), ["nang: over_place = sum; chỉ tiêu tính từ"]),
        (_with(AREA, over_time=Over.RECOMPUTE), ["ruong: over_time = recompute mà không có cách tính"]),
        (_with(GROWTH, over_place=Over.MEAN), ["tang: tính bằng %, không được cộng hoặc lấy trung bình"]),
        (_with(GROWTH, formula="", over_place=Over.NONE, over_time=Over.LAST), ["tang: tính bằng % mà không có tử số"]),
        (_with(GROWTH, formula="", over_place=Over.NONE, over_time=Over.NONE), []),
        (_with(GROWTH, formula="thoc +"), ["tang: Công thức “thoc +”, ký tự thứ 7"]),
        (_with(GROWTH, formula="thoc / khoai"), ["không có chỉ tiêu “khoai”"]),
        (_with(GROWTH, formula="thoc = thoc"), ["một biểu thức, không so sánh"]),
        (_with(GROWTH, formula="thoc / cùng kỳ(thoc)"), ["tang: Đơn vị tính lệch nhau"]),
        (_with(GROWTH, numerator="thoc", denominator="thoc"), ["tang: chỉ khai một cách tính"]),
        (_with(OUTPUT, identities=("thoc ≈ ruong * nang",)), ["thoc, đẳng thức “thoc ≈ ruong * nang”: Đơn vị"]),
        (_with(OUTPUT, identities=("ruong * nang",)), ["dấu = ≈ < ≤ > ≥"]),
        (_with(OUTPUT, identities=("ruong = ruong",)), ["không nhắc đến chính chỉ tiêu này"]),
        (_with(OUTPUT, plausible=(Decimal(2), Decimal(1))), ["thoc: khoảng hợp lý ngược, 2 lớn hơn 1"]),
        ((*SOUND, replace(OTHER, parts=("ruong",))), ["lap: chỉ tiêu ghép"]),
        ((*SOUND, replace(OTHER, parts=("ruong", "ruong"))), ["lap: chỉ tiêu ghép"]),
        ((*SOUND, replace(OTHER, parts=("lap", "ruong"))), ["lap: chỉ tiêu ghép", "lap: tính vòng lap → lap"]),
        ((*SOUND, replace(OTHER, parts=("ruong", "nong"))), ["lap: parts “nong”"]),
        (_with(YIELD, breakdowns=("mua_vu",)), ["mua_vu mà thoc không", "mua_vu mà ruong không"]),
        (
            _with(AREA, parts=("thoc", "tang"), over_place=Over.NONE, over_time=Over.NONE)[1:],
            ["nang: tính từ ruong là chỉ tiêu ghép", "ruong: parts “tang”"],
        ),
        (_with(OUTPUT, weight="ruong"), ["thoc: quyền số"]),
        (_with(OUTPUT, weight="ruong", over_place=Over.MEAN), []),
    ],
)  # fmt: skip
def test_each_fault_is_told_alone(indicators: tuple[Indicator, ...], said: list[str]) -> None:
    found = faults(*indicators)
    assert len(found) == len(said), found
    for line, words in zip(found, said, strict=True):
        assert words in line


def test_compound_indicators_hold_their_parts_and_no_circle() -> None:
    both = replace(AREA, code="ca_hai", name=Text("Cả hai", "Both"), unit="khong", parts=("ruong", "thoc"),
                   over_place=Over.NONE, over_time=Over.NONE)  # fmt: skip
    known = catalogue(*SOUND, both)
    assert known.check() == ()
    assert known.parts("ca_hai") == (AREA, OUTPUT)
    turned = replace(OTHER, parts=("ca_hai", "ruong"))
    both = replace(both, parts=("ruong", "lap"))
    assert faults(*SOUND, turned, both) == [
        "ca_hai: tính vòng ca_hai → lap → ca_hai; hãy bỏ một cách tính trong vòng này."
    ]


def test_a_formula_that_cannot_be_read_is_refused_when_it_is_asked_for() -> None:
    with pytest.raises(NotAFormula):
        catalogue(*_with(GROWTH, formula="thoc +")).definition("tang")


OWN = """
sector = "trong_trot"
department = "nong_nghiep"
source = "quy định của tỉnh"

[sam]
vi = "Diện tích sâm"
en = "Area of ginseng"
unit = "ha"
over_time = "last"
plausible = ["", 1_000.5]

[ty_le_sam]
vi = "Tỷ lệ diện tích sâm"
en = "Share of ginseng"
unit = "phan_tram"
numerator = "sam"
denominator = "dat_trong_trot"
per = 100
"""


def test_a_users_own_file_stands_behind_the_catalogue(tmp_path: Path) -> None:
    own = tmp_path / "cua_tinh.toml"
    own.write_text("\ufeff" + OWN, encoding="utf-8")
    known = Catalogue.national([own])
    assert known.check() == ()
    assert known["sam"].plausible == (None, Decimal("1000.5"))
    assert known["dan_bo"].plausible == (Decimal(0), None)
    assert known["can_can_thuong_mai"].plausible == (None, None)
    assert known["ty_le_che_phu_rung"].plausible == (Decimal(0), Decimal(100))
    assert known["sam"].over_time is Over.LAST
    assert known["ty_le_sam"].over_place is Over.RECOMPUTE
    assert "ty_le_sam" in known.order()


def test_a_code_that_is_taken_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "cua_tinh.toml"
    own.write_text(OWN.replace("[sam]", "[lua_dien_tich]").replace('"sam"', '"lua_dien_tich"'), encoding="utf-8")
    said = [text.say("en") for text in Catalogue.national([own]).check()]
    assert said == [
        "cua_tinh.toml, line 6: lua_dien_tich: the code “lua_dien_tich” is also that of "
        "lua_dien_tich (03_trong_trot.toml); choose another."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nvi = ", "không đọc được"),
        ("a = " + "[" * 20000, "không đọc được"),
        ("[a]\nper = 1" + "0" * 5000, "không đọc được"),
        ('[[a]]\nvi = "A"', "*: không có trường “a”"),
        ('[a.b]\nvi = "A"', "a: không có trường “b”"),
        ('[a]\nten = "A"', "a: không có trường “ten”"),
        ('ten = "A"', "*: không có trường “ten”"),
        ('vi = "A"', "*: không có trường “vi”"),
        ('[a]\nover_place = "cong"', "over_place = cong không hợp lệ; cần sum / mean"),
        ("[a]\nvi = 5", "vi = 5 không hợp lệ; cần chữ"),
        ('[a]\nparts = "b"', "parts = b không hợp lệ; cần danh sách"),
        ('[a]\nper = "x"', "per = x không hợp lệ; cần một số"),
        ("[a]\nper = nan", "cần một số"),
        ("[a]\nplausible = [1]", "plausible = [1] không hợp lệ"),
        ("[a]\nplausible = [true, 1]", "plausible = True không hợp lệ"),
        ("[a]\naim = {b = 1}", "cần higher / lower / none"),
    ],
)
def test_what_a_file_cannot_say_is_told_in_words(text: str, said: str) -> None:
    entries = entries_in(text, "tinh.toml")
    (problem,) = entries.problems
    assert said in problem.say("vi")
    assert problem.say("en").startswith("tinh.toml")
    assert entries.indicators == ()


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    binary = tmp_path / "anh.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    problems = read([binary, tmp_path / "vang.toml"]).problems
    assert [problem.say("vi") for problem in problems] == [
        "anh.toml: không phải tệp văn bản UTF-8; hãy lưu lại theo UTF-8.",
        "vang.toml: không mở được tệp; hãy kiểm tra đường dẫn và quyền đọc.",
    ]
    assert Catalogue.national([binary]).check() == problems[:1]
