"""Sentences as reports write them, and the address of each of their figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.linking import Link, Setting, Unlinked
from baocao.model.draft import Reckoning
from baocao.model.period import Period

from .small_reports import YEAR, lines, read

RICE, LAST = "lua_dien_tich:2026-S1", "lua_dien_tich:2025-S1"
COUNCIL, PROVINCE = "lua_dien_tich:2026-A1:target:HĐND tỉnh", "lua_dien_tich:2026-A1:target:UBND tỉnh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diện tích gieo cấy lúa đạt 412,5 ha.", [f"412,5 value {RICE}"]),
        (
            "Tổng diện tích gieo trồng lúa 412,5 ha, đạt 98,2% KH HĐND tỉnh giao, tăng 3,1% so với cùng kỳ.",
            [f"412,5 value {RICE}", f"98,2 percent {RICE} / {COUNCIL}", f"3,1 percent_change {RICE} / {LAST}"],
        ),
        (
            "Diện tích gieo cấy lúa là 412,5/420 ha, bằng 98,2% kế hoạch UBND tỉnh giao (420 ha) "
            "và bằng 101% so với cùng kỳ năm 2025 (408,4 ha).",
            [
                f"412,5 value {RICE}",
                f"420 value {PROVINCE}",
                f"98,2 percent {RICE} / {PROVINCE}",
                f"420 value {PROVINCE}",
                f"101 percent {RICE} / {LAST}",
                f"408,4 value {LAST}",
            ],
        ),
        (
            "Lúa vụ mùa: diện tích 120 ha, năng suất 55,1 tạ/ha, sản lượng 661 tấn; ngô: diện tích 30 ha.",
            [
                "120 value lua_dien_tich:2026-S1::mua_vu=mua",
                "55,1 value lua_nang_suat:2026-S1::mua_vu=mua",
                "661 value lua_san_luong:2026-S1::mua_vu=mua",
                "30 value ngo_dien_tich:2026-S1",
            ],
        ),
        (
            "Cây lạc: diện tích 20 ha. Cây mía: diện tích 30 ha, sản lượng 1.650 tấn.",
            [
                "20 value cay_hang_nam_dien_tich:2026-S1::cay_hang_nam=lac",
                "30 value cay_hang_nam_dien_tich:2026-S1::cay_hang_nam=mia",
                "1.650 value cay_hang_nam_san_luong:2026-S1::cay_hang_nam=mia",
            ],
        ),
        (
            "Số vụ cháy, nổ là 15 vụ, tăng 03 vụ (tăng 25%) so với cùng kỳ năm trước (12 vụ).",
            [
                "15 value chay_vu:2026-S1",
                "03 change chay_vu:2026-S1 / chay_vu:2025-S1",
                "25 percent_change chay_vu:2026-S1 / chay_vu:2025-S1",
                "12 value chay_vu:2025-S1",
            ],
        ),
        (
            "Số vụ cháy, nổ giảm từ 15 vụ xuống còn 12 vụ, giảm 03 vụ so với cùng kỳ năm 2025.",
            [
                "15 value chay_vu:2025-S1",
                "12 value chay_vu:2026-S1",
                "03 change chay_vu:2026-S1 / chay_vu:2025-S1",
            ],
        ),
        (
            "Số lao động được giải quyết việc làm đạt 2.100 người, trong đó nữ 1.050 người, chiếm 50%.",
            [
                "2.100 value viec_lam_moi:2026-S1",
                "1.050 value viec_lam_moi:2026-S1::gioi_tinh=nu",
                "50 percent viec_lam_moi:2026-S1::gioi_tinh=nu / viec_lam_moi:2026-S1",
            ],
        ),
        (
            "Số người tham gia bảo hiểm y tế là 46.218 người, chiếm 93,7% dân số trung bình (49.305 người).",
            [
                "46.218 value bao_hiem_y_te:2026-S1",
                "93,7 percent bao_hiem_y_te:2026-S1 / dan_so_trung_binh:2026-S1",
                "49.305 value dan_so_trung_binh:2026-S1",
            ],
        ),
        (
            "Tổng đàn gia súc là 14.620 con, gồm: trâu 2.315 con; bò 12.305 con.",
            ["14.620 value dan_gia_suc:2026-S1", "2.315 value dan_trau:2026-S1", "12.305 value dan_bo:2026-S1"],
        ),
        (
            "Tỷ lệ hộ nghèo là 4,5%, giảm 0,5 điểm phần trăm so với cùng kỳ.",
            ["4,5 value ty_le_ho_ngheo:2026-S1", "0,5 change ty_le_ho_ngheo:2026-S1 / ty_le_ho_ngheo:2025-S1"],
        ),
        (
            "Tỷ lệ hộ nghèo (kế hoạch HĐND tỉnh giao 4%): cuối năm đánh giá.",
            ["4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh"],
        ),
        (
            "Tỷ lệ hộ nghèo (kế hoạch HĐND tỉnh giao 4%): chưa có số liệu; tổng đàn bò là 12.305 con.",
            ["4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh", "12.305 value dan_bo:2026-S1"],
        ),
        (
            "Cây ngô: diện tích 850 ha, đạt 85% kế hoạch HĐND tỉnh giao (1.000 ha) và bằng 106,25% so với cùng kỳ năm "
            "2025 (800 ha); năng suất 50 tạ/ha; sản lượng 4.250 tấn, bằng 99,5% so với cùng kỳ năm 2025 (4.271,4 tấn).",
            [
                "850 value ngo_dien_tich:2026-S1",
                "85 percent ngo_dien_tich:2026-S1 / ngo_dien_tich:2026-A1:target:HĐND tỉnh",
                "1.000 value ngo_dien_tich:2026-A1:target:HĐND tỉnh",
                "106,25 percent ngo_dien_tich:2026-S1 / ngo_dien_tich:2025-S1",
                "800 value ngo_dien_tich:2025-S1",
                "50 value ngo_nang_suat:2026-S1",
                "4.250 value ngo_san_luong:2026-S1",
                "99,5 percent ngo_san_luong:2026-S1 / ngo_san_luong:2025-S1",
                "4.271,4 value ngo_san_luong:2025-S1",
            ],
        ),
        (
            "Tổng đàn trâu là 0 con, cùng kỳ năm 2025 cũng không phát sinh; tổng đàn bò là 12 con.",
            ["0 value dan_trau:2026-S1", "12 value dan_bo:2026-S1"],
        ),
        (
            "Tổng đàn bò là 0 con, cùng kỳ năm 2025 là 12 con.",
            ["0 value dan_bo:2026-S1", "12 value dan_bo:2025-S1"],
        ),
        (
            "Cơ cấu kinh tế: nông, lâm nghiệp và thủy sản chiếm 28,4%; dịch vụ chiếm 38,5%.",
            ["28,4 value ty_trong_nong_lam_thuy_san:2026-S1", "38,5 value ty_trong_dich_vu:2026-S1"],
        ),
        (
            "Vốn đầu tư công đã giải ngân đạt 165,2/283,6 tỷ đồng, bằng 58,3% kế hoạch vốn, "
            "trong đó: ngân sách tỉnh 65,1/133,3 tỷ đồng, đạt 48,8%.",
            [
                "165,2 value von_giai_ngan:2026-S1",
                "283,6 value von_giao:2026-S1",
                "58,3 percent von_giai_ngan:2026-S1 / von_giao:2026-S1",
                "65,1 value von_giai_ngan:2026-S1::nguon_von=ns_tinh",
                "133,3 value von_giao:2026-S1::nguon_von=ns_tinh",
                "48,8 percent von_giai_ngan:2026-S1::nguon_von=ns_tinh / von_giao:2026-S1::nguon_von=ns_tinh",
            ],
        ),
        (
            "Tổng đàn lợn đạt 12.000 con, bằng 80% kế hoạch UBND tỉnh giao, còn thiếu 3.000 con so với kế hoạch.",
            [
                "12.000 value dan_lon:2026-S1",
                "80 percent dan_lon:2026-S1 / dan_lon:2026-A1:target:UBND tỉnh",
                "3.000 change dan_lon:2026-S1 / dan_lon:2026-A1:target:UBND tỉnh",
            ],
        ),
        (
            "Tổng đàn lợn cao nhất: Xã Nậm Luồng 1.200 con, phường Khau Sơn 1.100 con.",
            ["1.200 value 90001:dan_lon:2026-S1", "1.100 value 90002:dan_lon:2026-S1"],
        ),
        (
            "Tổng đàn lợn ước cả năm 2026 đạt 12.000 con (khoảng từ 11.500 con đến 12.600 con).",
            [f"{printed} projection dan_lon:2026-S1" for printed in ("12.000", "11.500", "12.600")],
        ),
        (
            "Tổng đàn lợn ước cả năm 2026 đạt 12.000 con (khoảng từ 11.500 con đến 12.600 con), kế hoạch HĐND tỉnh "
            "giao (12.100 con) nằm trong khoảng này, có thể đạt hoặc không đạt.",
            [
                *(f"{printed} projection dan_lon:2026-S1" for printed in ("12.000", "11.500", "12.600")),
                "12.100 value dan_lon:2026-A1:target:HĐND tỉnh",
            ],
        ),
        ("Có 12 hộ thoát nghèo trong 6 tháng đầu năm 2026.", ["12 value ho_thoat_ngheo:2026-S1"]),
        ("Tổng đàn trâu ước đạt 2.300 con.", ["2.300 value dan_trau:2026-S1:estimate"]),
        ("Đến hết tháng 3/2026, tổng đàn trâu là 2.290 con.", ["2.290 value dan_trau:2026-Q1"]),
        ("Số sản phẩm OCOP 3 sao là 05 sản phẩm.", ["05 value ocop_3_sao:2026-S1"]),
        ("Diện tích gieo cấy lúa (vụ mùa) 120 ha.", ["120 value lua_dien_tich:2026-S1::mua_vu=mua"]),
    ],
)
def test_a_sentence_is_read_back(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công tác nước sạch được quan tâm, đạt 120 ha.", ["120 ?"]),
        ("Diện tích gieo cấy lúa 120 và 130 ha.", ["120 ?", "130 ?"]),
        ("Diện tích gieo cấy lúa bị ngập úng 120 ha.", ["120 ?"]),
        ("Diện tích gieo cấy lúa đạt 120 ha bị hạn.", ["120 ?"]),
        ("Diện tích gieo cấy lúa đạt 120 con.", ["120 ?"]),
        ("Diện tích gieo cấy lúa đạt trên 120 ha.", ["120 ?"]),
        ("Diện tích gieo cấy lúa đạt 120 - 130 ha.", ["120 ?"]),
        ("Diện tích gieo cấy lúa đạt 412 ha, bằng 98% kế hoạch.", [f"412 value {RICE}", "98 ?"]),
        ("Diện tích gieo cấy lúa đạt 412 ha, tăng 3%.", [f"412 value {RICE}", "3 ?"]),
        ("Tại cửa khẩu Pác Mòn, kim ngạch xuất khẩu đạt 1,2 triệu USD.", ["1,2 ?"]),
        ("Tỷ lệ hộ nghèo là 4,5%, giảm 2% so với cùng kỳ.", ["4,5 value ty_le_ho_ngheo:2026-S1", "2 ?"]),
        ("Giai đoạn 2021 - 2025, tổng đàn trâu đạt 2.300 con.", ["2.300 ?"]),
        ("Cơ cấu kinh tế đạt 12%.", ["12 ?"]),
        (
            "Tổng đàn trâu, tổng đàn bò đạt 12 con; tổng đàn trâu tổng đàn bò 13 con.",
            ["12 value dan_bo:2026-S1", "13 ?"],
        ),
        ("Xã Nậm Luồng và phường Khau Sơn có tổng đàn trâu là 120 con.", ["120 ?"]),
    ],
)
def test_what_is_not_sure_is_not_linked(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_a_figure_is_told_in_the_unit_of_its_indicator() -> None:
    (figure,) = read("Vốn đầu tư công đã giải ngân đạt 165,25 tỷ đồng.")
    assert isinstance(figure, Link)
    assert (figure.value, figure.step) == (Decimal(165250), Decimal(10))


def test_with_one_authority_alone_a_plan_is_its() -> None:
    alone = Setting("90", Period.part(2026), ("HĐND xã",))
    assert lines("Diện tích gieo cấy lúa đạt 98% kế hoạch.", setting=alone) == [
        "98 percent lua_dien_tich:2026-A1 / lua_dien_tich:2026-A1:target:HĐND xã"
    ]


def test_of_a_year_the_year_before_is_the_same_period() -> None:
    assert lines("Tổng đàn trâu là 120 con, bằng năm 2025 (120 con).", setting=YEAR) == [
        "120 value dan_trau:2026-A1",
        "120 value dan_trau:2025-A1",
    ]


def test_an_unlinked_figure_names_its_candidates_and_says_why() -> None:
    (figure,) = read("Tổng đàn trâu bị chết rét 12 con.")
    assert isinstance(figure, Unlinked)
    assert figure.candidates == ("dan_trau",)
    assert "chết rét" in figure.why.vi


def test_the_ends_of_a_projection_are_told_apart() -> None:
    found = read("Tổng đàn lợn ước cả năm đạt 12.000 con (khoảng 11.500 con đến 12.600 con).")
    sources = [figure.source for figure in found if isinstance(figure, Link)]
    assert [source.argument for source in sources] == ["estimate", "low", "high"]
    assert {source.reckoning for source in sources} == {Reckoning.PROJECTION}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Có 05/13 xã, phường đạt chuẩn nông thôn mới, gồm: Nậm Luồng, Khau Sơn.",
            [("05", "units:ntm_xa_dat_chuan"), ("13", "units")],
        ),
        (
            "Cả 13/13 xã, phường đạt chuẩn nông thôn mới.",
            [("13", "units:ntm_xa_dat_chuan"), ("13", "units")],
        ),
        (
            "Trong 17 chỉ tiêu chủ yếu, có 14 chỉ tiêu đạt kế hoạch; 03 chỉ tiêu không đạt kế hoạch.",
            [("17", "ratings:HĐND tỉnh"), ("14", "ratings:HĐND tỉnh,met"), ("03", "ratings:HĐND tỉnh,not_met")],
        ),
        (
            "Trong 17 chỉ tiêu chủ yếu, có 02 chỉ tiêu cuối năm đánh giá; 03 chỉ tiêu chưa có số liệu.",
            [("17", "ratings:HĐND tỉnh"), ("02", "ratings:HĐND tỉnh,pending"), ("03", "ratings:HĐND tỉnh,unknown")],
        ),
        (
            "Trong 15 chỉ tiêu được UBND tỉnh giao, có 12 chỉ tiêu đạt và vượt kế hoạch.",
            [("15", "ratings:UBND tỉnh"), ("12", "ratings:UBND tỉnh,exceeded,met")],
        ),
        (
            "Trong 12 nhiệm vụ trọng tâm, có 07 nhiệm vụ đã hoàn thành.",
            [("12", "tasks"), ("07", "tasks:done")],
        ),
        (
            "Trong 12 nhiệm vụ trọng tâm, có 0 nhiệm vụ chậm tiến độ.",
            [("12", "tasks"), ("0", "tasks:late")],
        ),
    ],
)
def test_counts_say_what_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    found = [one for one in read(text) if isinstance(one, Link)]
    assert {one.source.reckoning for one in found} == {Reckoning.COUNT}
    assert [(one.text, one.source.argument) for one in found] == expected


def test_a_period_in_which_nothing_happened_leaves_a_rise_what_it_is() -> None:
    text = "Số người chết do tai nạn giao thông: 04 người, tăng 04 người so với cùng kỳ năm 2025 (cùng kỳ năm 2025 "
    assert lines(f"{text}không phát sinh).") == [
        "04 value tai_nan_chet:2026-S1",
        "04 change tai_nan_chet:2026-S1 / tai_nan_chet:2025-S1",
    ]


def test_what_is_named_behind_a_time_told_aside_is_of_the_report_s_own_time() -> None:
    text = "số tiêu chí nông thôn mới đạt thêm trong kỳ là 0 tiêu chí, năm 2025 là 01 tiêu chí; "
    assert lines(f"{text}số thôn đạt chuẩn nông thôn mới: 96 thôn.", setting=YEAR)[1:] == [
        "01 value ntm_tieu_chi_tang_them:2025-A1",
        "96 value ntm_thon_dat_chuan:2026-A1",
    ]
