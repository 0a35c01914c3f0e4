"""The demonstration province: the same bytes for the same seed, the whole catalogue, identities that hold."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from baocao.figures.catalogue import Catalogue
from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.sources import Sources
from baocao.model.period import Period
from baocao.reference.geography import national
from demo.province.__main__ import main
from demo.province.draws import divided
from demo.province.places import NEW_COMMUNES, OLD_COMMUNES, PATCHES
from demo.province.plans import Results, rows
from demo.province.reporting import STATED, Province
from demo.province.series import MONTHS, Series, Span, spans

EVERY = range(len(PATCHES))


@pytest.fixture(scope="module")
def province() -> Province:
    return Province(Catalogue.national(), 2026)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        main([str(tmp_path / name), "--small", "--seed", seed])
    one, two, three = (_files(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert one.keys() == three.keys()
    assert one["so-lieu/tong-hop-q-tu-7-2025.csv"] != three["so-lieu/tong-hop-q-tu-7-2025.csv"]
    assert one["don-vi.csv"] == three["don-vi.csv"]
    assert "hư cấu" in one["DOC-TRUOC.txt"].decode()


def test_no_unit_can_be_taken_for_a_real_one() -> None:
    real = {unit.code for unit in national().units}
    codes = {commune.code for commune in (*OLD_COMMUNES, *NEW_COMMUNES)}
    assert not codes & real
    assert all(any(sign.isalpha() for sign in code) for code in codes)


def test_every_patch_is_in_one_old_and_one_new_commune() -> None:
    for communes in (OLD_COMMUNES, NEW_COMMUNES):
        assert sorted(at for one in communes for at in one.patches) == list(EVERY)


def test_every_indicator_that_is_not_computed_is_reported(province: Province) -> None:
    told = {row[1] for table in province.tables() for row in table.rows} | {row[1] for row in province.at_province()}
    assert told == {one.code for one in province.indicators}
    assert set(STATED) <= told


def test_members_make_the_whole_in_every_month(province: Province) -> None:
    from baocao.reference import indicators as reference

    for indicator in province.indicators:
        if indicator.code in STATED:
            continue
        series = province.model.series(indicator.code)
        for dimension in indicator.breakdowns:
            parts = [part for pair, part in series.parts.items() if len(pair) == 1 and pair[0][0] == dimension]
            if not reference.dimensions()[dimension].is_complete or not parts:
                continue
            for span in (Span("", month, month) for month in (1, 6, 18, 19, 36)):
                whole = series.at(EVERY, span)
                assert sum(part.at(EVERY, span) for part in parts) == whole, (indicator.code, dimension, span)


def _value(province: Province, code: str, patches: range, span: Span) -> int:
    return province.model.series(code).at(patches, span)


@pytest.mark.parametrize("span", [one for one in spans("mq+") if one.code[:4] in ("2024", "2026")], ids=str)
def test_received_is_settled_and_pending(province: Province, span: Span) -> None:
    def of(code: str) -> int:
        return _value(province, code, EVERY, span)

    assert of("hs_tiep_nhan") == of("hs_giai_quyet") + of("hs_dang_giai_quyet")
    assert of("hs_tiep_nhan") == of("hs_ky_truoc_chuyen") + of("hs_tiep_nhan_moi")
    assert of("hs_dang_giai_quyet") == of("hs_dang_trong_han") + of("hs_dang_qua_han")
    assert of("don_tiep_nhan") == of("don_ky_truoc_chuyen") + of("don_moi")
    assert of("don_tiep_nhan") == of("don_khieu_nai") + of("don_to_cao") + of("don_kien_nghi")
    assert of("don_thuoc_tham_quyen") == of("don_da_giai_quyet") + of("don_dang_giai_quyet")
    assert of("hoa_giai_vu") == of("hoa_giai_thanh") + of("hoa_giai_khong_thanh") + of("hoa_giai_dang")
    assert 0 <= of("an_thi_hanh_xong") <= of("an_phai_thi_hanh")


def test_who_is_poor_follows_from_who_was(province: Province) -> None:
    for year in range(3):
        whole = Span("", 12 * year + 1, 12 * year + 12)
        start = Span("", 12 * year, 12 * year)
        now, before = (_value(province, "ho_ngheo", EVERY, span) for span in (whole, start))
        out, new, again = (
            _value(province, code, EVERY, whole) for code in ("ho_thoat_ngheo", "ho_ngheo_phat_sinh", "ho_tai_ngheo")
        )
        assert now == before - out + new + again
        assert now < before


def test_stocks_run_on_across_the_reform(province: Province) -> None:
    for code in ("dan_so", "dan_trau", "rung_dien_tich", "tong_so_ho", "bao_hiem_y_te"):
        course = [_value(province, code, EVERY, Span("", month, month)) for month in range(MONTHS)]
        assert all(abs(now - then) * 100 <= then for then, now in pairwise(course)), code


def test_three_of_the_headline_indicators_fail_the_plan_of_the_council(province: Province) -> None:
    results, failed = Results(province), set()
    headline = {one.code for one in province.catalogue.indicators if one.sector == "chu_yeu"}
    parts = {part: one.code for one in province.catalogue.indicators if one.code in headline for part in one.parts}
    for unit, code, year, _, authority, words, _, _, holds_from in list(rows(province))[1:]:
        if (unit, year, authority) != ("MH", "2026", "HĐND") or holds_from == "01/08/2026":
            continue
        number = words.replace(",", ".")
        if (code in headline or code in parts) and number.replace(".", "").isdigit():
            result = results.of(code, 2026)
            assert result is not None
            failed |= {parts.get(code, code)} if result < Decimal(number) else set()
    assert failed == {"ct07_di_doi_chuong_trai", "ct09_thu_ngan_sach", "ct10_nong_thon_moi"}


def test_growth_needs_the_year_before(province: Province) -> None:
    results = Results(province)
    growth = results.of("ct01_tang_truong", 2026)
    assert growth is not None
    assert 5 < growth < 9
    assert results.of("ct01_tang_truong", 2024) is None


def test_plans_of_communes_make_the_plan_of_the_province(province: Province) -> None:
    whole, parts = Decimal(0), Decimal(0)
    for unit, code, year, _, authority, words, *_, holds_from in list(rows(province))[1:]:
        if (code, year, authority) == ("thu_noi_dia", "2026", "UBND tỉnh") and holds_from != "01/08/2026":
            parts += Decimal(words) if unit != "MH" else 0
        if (unit, code, year, authority, holds_from) == ("MH", "thu_noi_dia", "2026", "UBND tỉnh", "01/08/2026"):
            whole = Decimal(words)
    assert whole == parts > 0


def test_a_plan_that_is_a_sum_is_what_its_parts_make(province: Province) -> None:
    sums = {
        "thu_ngan_sach": {"thu_noi_dia", "thu_xuat_nhap_khau"},
        "luong_thuc_san_luong": {"lua_san_luong", "ngo_san_luong"},
    }
    plans: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for unit, code, year, _, authority, words, *_, holds_from in list(rows(province))[1:]:
        if code in sums or any(code in parts for parts in sums.values()):
            held = plans.setdefault((unit, year, authority), {})
            if code not in held or holds_from.startswith("01/08"):  # the plan raised last is written first
                held[code] = Decimal(words.replace(",", "."))
    compared = 0
    for held in plans.values():
        for whole, parts in sums.items():
            if whole in held:
                assert held[whole] == sum(held[part] for part in parts)
                compared += 1
    assert compared > 20


def test_a_whole_is_divided_without_a_rest() -> None:
    assert divided(10, [1, 1, 1]) == [4, 3, 3]
    assert divided(0, [5, 5]) == [0, 0]
    assert divided(7, [0, 0]) == [0, 0]


def test_what_is_received_counts_flow_and_what_stands_at_the_end() -> None:
    series = Series(flow=[[9, 1, 2, 3]], stock=[[0, 5, 6, 7]])
    assert series.at([0], Span("", 1, 2)) == 1 + 2 + 6
    assert Series(opening=[[4, 5, 6]]).at([0], Span("", 1, 2)) == 4


def test_the_ledger_takes_the_small_province_whole(tmp_path: Path, province: Province) -> None:
    main([str(tmp_path), "--small"])
    sources = Sources(tmp_path / "don-vi.csv", tmp_path / "bien-dong.csv")
    plans = sorted((tmp_path / "ke-hoach").glob("*.csv"))
    some = [tmp_path / "so-lieu" / name for name in ("tong-hop-q-tu-7-2025.csv", "tinh.csv", "uoc.csv")]
    with book.opened(tmp_path / "kho.sqlite", sources, is_new_allowed=True) as made:
        taken = taking.take(made, [*plans, *some], taking.Asked(Defaults(), by="an"))
        assert not any(one.rejections or one.refused or one.unread for one in taken)
        figure = Rolled(made, View(), indicators=("ct07_di_doi_chuong_trai",)).figure(
            Place("MH", "ct07_di_doi_chuong_trai"), Period.part(2026)
        )
    assert figure is not None
    assert (figure.value, figure.reporting) == (Results(province).of("ct07_di_doi_chuong_trai", 2026), 10)
