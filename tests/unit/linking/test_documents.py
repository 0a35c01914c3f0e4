"""Headings, lists, notes and tables of a small fictional report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from baocao.linking import Link, Setting, link
from baocao.model import Document
from baocao.model.document import Kind, Mark
from baocao.model.draft import UPPER, Reckoning
from baocao.model.period import Period
from baocao.reporting.reading_back import ReadBack, loadable

from .small_reports import HALF_YEAR, lexicon, lines, passage, read, table, told


def test_new_files_alone_are_not_all_that_came_in() -> None:
    heading = passage("Giải quyết thủ tục hành chính", Kind.HEADING, "a)")
    assert lines(heading, "Tiếp nhận mới 1.300 hồ sơ; đã giải quyết 1.200 hồ sơ; hiện còn 150 hồ sơ.") == [
        "1.300 value hs_tiep_nhan_moi:2026-S1",
        "1.200 value hs_giai_quyet:2026-S1",
        "150 value hs_dang_giai_quyet:2026-S1",
    ]


def test_a_figure_that_a_table_marks_as_an_estimate_is_one() -> None:
    grid = table([
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Thực hiện năm 2025", "So với năm 2025 (%)"),
        ("1", "Tổng đàn trâu", "Con", "650 (ước)", "600", "108,3"),
        ("2", "Tổng đàn bò", "Con", "700", "690", "101,4"),
    ])  # fmt: skip
    assert lines(grid, setting=replace(HALF_YEAR, period=Period.part(2026))) == [
        "650 (ước) value dan_trau:2026-A1:estimate",
        "600 value dan_trau:2025-A1",
        "108,3 percent dan_trau:2026-A1:estimate / dan_trau:2025-A1",
        "700 value dan_bo:2026-A1",
        "690 value dan_bo:2025-A1",
        "101,4 percent dan_bo:2026-A1 / dan_bo:2025-A1",
    ]


def test_the_error_of_a_projection_is_of_the_figure_at_the_mark() -> None:
    text = "Tổng đàn lợn ước cả năm 2026 đạt 12.000 con, đạt kế hoạch HĐND tỉnh giao (11.000 con)."
    body = passage(text, marks=(Mark(text.index(","), "1", -1),))
    note = passage("Sai số của cách ước này khi thử lại năm trước là 0,4%.", Kind.NOTE, "1")
    found = read(body, note)[-1]
    assert isinstance(found, Link)
    assert (found.source.reckoning, found.source.argument) == (Reckoning.PROJECTION, "error")
    assert [str(one) for one in found.source.addresses] == ["90:dan_lon:2026-S1:actual"]


def test_a_note_belongs_to_the_figure_at_its_mark() -> None:
    text = "Số lao động được giải quyết việc làm đạt 2.100 người, tăng so với cùng kỳ."
    body = passage(text, marks=(Mark(text.index(","), "1", -1),))
    note = passage("Trong đó: nam 1.050 người; nữ 1.050 người.", Kind.NOTE, "1")
    assert lines(body, note)[1:] == [
        "1.050 value viec_lam_moi:2026-S1::gioi_tinh=nam",
        "1.050 value viec_lam_moi:2026-S1::gioi_tinh=nu",
    ]


def test_a_note_whose_mark_stands_elsewhere_says_nothing_sure() -> None:
    text = "Số lao động được giải quyết việc làm đạt 2.100 người, công tác đào tạo được quan tâm."
    body = passage(text, marks=(Mark(len(text) - 1, "1", -1),))
    note = passage("Trong đó: nam 1.050 người.", Kind.NOTE, "1")
    assert lines(body, note)[1:] == ["1.050 ?"]


def test_the_section_says_which_flow_it_is() -> None:
    line = "Tiếp nhận 1.530 hồ sơ; đã giải quyết 1.401 hồ sơ; còn lại 129 hồ sơ đang giải quyết."
    heading = passage("Giải quyết thủ tục hành chính", Kind.HEADING, "3.")
    assert lines(heading, line) == [
        "1.530 value hs_tiep_nhan:2026-S1",
        "1.401 value hs_giai_quyet:2026-S1",
        "129 value hs_dang_giai_quyet:2026-S1",
    ]
    assert lines(line) == ["1.530 ?", "1.401 ?", "129 ?"]


def test_a_list_goes_on_with_what_its_lead_spoke_of() -> None:
    assert lines(
        "Số lao động được giải quyết việc làm đạt 2.100 người, trong đó:", "- Nam 1.000 người.", "- Nữ 1.100 người."
    )[1:] == ["1.000 value viec_lam_moi:2026-S1::gioi_tinh=nam", "1.100 value viec_lam_moi:2026-S1::gioi_tinh=nu"]


def test_the_indicator_annex_is_read_back() -> None:
    annex = table(
        [
            [
                "TT",
                "Chỉ tiêu",
                "ĐVT",
                "HĐND tỉnh giao",
                "UBND tỉnh giao",
                "Thực hiện",
                "% so với KH HĐND tỉnh",
                "Ghi chú",
            ],
            ["1", "Tổng đàn trâu", "con", "2.400", "2.300", "2.350", "97,9", ""],
            ["2", "Tỷ lệ hộ nghèo", "%", "4", "4", "3,5", "", ""],
            ["3", "Một chỉ tiêu lạ", "%", "4", "4", "3,5", "", ""],
        ]
    )
    assert lines(annex) == [
        "2.400 value dan_trau:2026-A1:target:HĐND tỉnh",
        "2.300 value dan_trau:2026-A1:target:UBND tỉnh",
        "2.350 value dan_trau:2026-S1",
        "97,9 percent dan_trau:2026-S1 / dan_trau:2026-A1:target:HĐND tỉnh",
        "4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh",
        "4 value ty_le_ho_ngheo:2026-A1:target:UBND tỉnh",
        "3,5 value ty_le_ho_ngheo:2026-S1",
        "4 ?",
        "4 ?",
        "3,5 ?",
    ]


def test_crops_in_rows_and_their_aspects_in_columns() -> None:
    crops = table(
        [
            [
                "TT",
                "Cây trồng",
                "Diện tích (ha)",
                "Năng suất (tạ/ha)",
                "Sản lượng (tấn)",
                "Sản lượng cùng kỳ năm 2025 (tấn)",
            ],
            ["1", "Lúa", "412,5", "50", "2.062,5", "2.000"],
            ["2", "Vụ mùa", "300", "50", "1.500", "1.450"],
            ["3", "Cây lạc", "20", "10", "20", "19"],
        ]
    )
    assert lines(crops) == [
        "412,5 value lua_dien_tich:2026-S1",
        "50 value lua_nang_suat:2026-S1",
        "2.062,5 value lua_san_luong:2026-S1",
        "2.000 value lua_san_luong:2025-S1",
        "300 value lua_dien_tich:2026-S1::mua_vu=mua",
        "50 value lua_nang_suat:2026-S1::mua_vu=mua",
        "1.500 value lua_san_luong:2026-S1::mua_vu=mua",
        "1.450 value lua_san_luong:2025-S1::mua_vu=mua",
        "20 value cay_hang_nam_dien_tich:2026-S1::cay_hang_nam=lac",
        "10 value cay_hang_nam_nang_suat:2026-S1::cay_hang_nam=lac",
        "20 value cay_hang_nam_san_luong:2026-S1::cay_hang_nam=lac",
        "19 value cay_hang_nam_san_luong:2025-S1::cay_hang_nam=lac",
    ]


def test_communes_in_rows_and_indicators_in_columns() -> None:
    communes = table(
        [
            ["TT", "Xã, phường", "Số hộ nghèo (hộ)", "Tỷ lệ hộ nghèo (%)", "So với cùng kỳ (%)"],
            ["1", "Xã Nậm Luồng", "120", "4,5", "98"],
            ["2", "Phường Khau Sơn", "20", "1,5", "97"],
            ["", "Tổng số", "140", "3,1", "98"],
        ]
    )
    assert lines(communes) == [
        "120 value 90001:ho_ngheo:2026-S1",
        "4,5 value 90001:ty_le_ho_ngheo:2026-S1",
        "98 ?",
        "20 value 90002:ho_ngheo:2026-S1",
        "1,5 value 90002:ty_le_ho_ngheo:2026-S1",
        "97 ?",
        "140 value ho_ngheo:2026-S1",
        "3,1 value ty_le_ho_ngheo:2026-S1",
        "98 ?",
    ]


def test_below_a_heading_on_what_is_to_come_figures_are_targets() -> None:
    heading = passage("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027", Kind.HEADING, "Phần II")
    below = passage("Chỉ tiêu kinh tế", Kind.HEADING, "1.")
    text = "Tổng đàn trâu là 2.400 con, bằng 102% so với thực hiện năm 2026."
    alone = Setting("90", Period.part(2026), ("HĐND tỉnh",))
    assert lines(heading, below, text, setting=alone) == [
        "2.400 value dan_trau:2027-A1:target:HĐND tỉnh",
        "102 percent dan_trau:2027-A1:target:HĐND tỉnh / dan_trau:2026-A1",
    ]
    assert lines(heading, below, text) == ["2.400 ?", "102 ?"]
    after = passage("TỔ CHỨC THỰC HIỆN", Kind.HEADING, "Phần III")
    assert lines(heading, after, "Tổng đàn trâu là 2.400 con.") == ["2.400 value dan_trau:2026-S1"]


def test_an_annex_of_a_known_form_is_read_by_its_form() -> None:
    title = "Giải ngân vốn đầu tư công theo nguồn vốn"
    annex = table(
        [
            ["TT", "Nguồn vốn", "Kế hoạch vốn", "Trong đó: kéo dài", "Giải ngân Thực hiện", "Tỷ lệ giải ngân (%)"],
            ["", "Tổng số", "200", "20", "100", "50"],
            ["1", "Ngân sách trung ương", "120", "10", "60", "50"],
            ["2", "Một nguồn lạ", "80", "10", "40", "50"],
        ]
    )
    assert lines(title, "Đơn vị tính: triệu đồng", annex) == [
        "200 value von_giao:2026-S1",
        "20 value von_keo_dai:2026-S1",
        "100 value von_giai_ngan:2026-S1",
        "50 value ty_le_giai_ngan:2026-S1",
        "120 value von_giao:2026-S1::nguon_von=nstw",
        "10 value von_keo_dai:2026-S1::nguon_von=nstw",
        "60 value von_giai_ngan:2026-S1::nguon_von=nstw",
        "50 value ty_le_giai_ngan:2026-S1::nguon_von=nstw",
        "80 ?",
        "10 ?",
        "40 ?",
        "50 ?",
    ]


def test_targets_in_words_and_changes_with_a_sign_are_read_from_cells() -> None:
    annex = table(
        [
            ["TT", "Chỉ tiêu", "ĐVT", "HĐND tỉnh giao", "Thực hiện", "Tăng, giảm so với cùng kỳ"],
            ["1", "Tỷ lệ hộ nghèo", "%", "từ 4 trở lên", "3,5", ""],
            ["2", "Tổng đàn trâu", "con", "2.400", "2.350", "-50"],
        ]
    )
    assert lines(annex) == [
        "từ 4 trở lên value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh",
        "3,5 value ty_le_ho_ngheo:2026-S1",
        "2.400 value dan_trau:2026-A1:target:HĐND tỉnh",
        "2.350 value dan_trau:2026-S1",
        "-50 change dan_trau:2026-S1 / dan_trau:2025-S1",
    ]


def test_of_a_range_both_bounds_are_read_where_a_plan_is_told_and_none_elsewhere() -> None:
    annex = table(
        [
            ["TT", "Chỉ tiêu", "ĐVT", "HĐND tỉnh giao", "Thực hiện", "Cùng kỳ năm trước"],
            ["1", "Tỷ lệ hộ nghèo", "%", "3,5-4", "3,5-4", "4,1"],
            ["2", "Tổng đàn trâu", "con", "2.400", "2.350", "2.300"],
        ]
    )
    found = read(annex)
    assert [told(one) for one in found[:4]] == [
        "3,5-4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh",
        "4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh",
        "3,5-4 ?",
        "4,1 value ty_le_ho_ngheo:2025-S1",
    ]
    low, upper = (one for one in found[:2] if isinstance(one, Link))
    assert (low.value, low.source.argument, upper.value, upper.source.argument) == (
        Decimal("3.5"),
        "",
        Decimal(4),
        UPPER,
    )
    rows = loadable(ReadBack(Document("bieu.txt", "", ()), tuple(found), HALF_YEAR), are_targets=True).rows
    assert [row[-1] for row in rows] == ["3,5-4", Decimal(2400)]


def test_a_unit_that_a_narrow_column_cuts_within_a_word_is_the_same_unit() -> None:
    annex = table(
        [
            ["TT", "Chỉ tiêu", "ĐVT", "HĐND tỉnh giao", "Thực hiện"],
            ["1", "Thu nhập bình quân đầu người", "triệu đồng/ng ười", "57,9", "58,86"],
            ["2", "Tổng đàn trâu", "co n", "2.400", "2.350"],
        ]
    )
    assert [told(one).split()[1] for one in read(annex)] == ["value"] * 4


def test_a_sentence_torn_apart_by_the_lines_of_a_page_is_made_whole() -> None:
    first = passage("Số lao động được giải quyết việc làm đạt 2.100 người, bằng 98% kế hoạch")
    second = passage("HĐND tỉnh giao, trong đó nữ 1.050 người.")
    torn = Document("bao-cao.pdf", "", (first, second), suffix=".pdf")
    found = link(torn, lexicon(), HALF_YEAR)
    assert [told(one) for one in found] == [
        "2.100 value viec_lam_moi:2026-S1",
        "98 percent viec_lam_moi:2026-S1 / viec_lam_moi:2026-A1:target:HĐND tỉnh",
        "1.050 value viec_lam_moi:2026-S1::gioi_tinh=nu",
    ]
    assert [torn.text_of(one.span) for one in found] == ["2.100", "98", "1.050"]
    assert [one.span.block for one in found] == [0, 0, 1]
    assert told(link(replace(torn, suffix=".txt"), lexicon(), HALF_YEAR)[1]) == "98 ?"


def test_the_numbers_of_a_list_are_no_figures() -> None:
    assert lines("1. Tổng đàn trâu: 2.350 con.", "(2) Tổng đàn bò: 12 con.") == [
        "2.350 value dan_trau:2026-S1",
        "12 value dan_bo:2026-S1",
    ]


def test_each_breakdown_of_a_note_is_of_what_the_note_is_of() -> None:
    text = "Biên chế có mặt là 7.768 người."
    body = passage(text, marks=(Mark(len(text) - 1, "1", -1),))
    words = "Biên chế chưa sử dụng là 259 người, gồm: Viên chức 259 người. Chia theo giới tính: Nam 3.979 người."
    assert lines(body, passage(words, Kind.NOTE, "1"))[-1] == "3.979 value bien_che_co_mat:2026-S1::gioi_tinh=nam"


def test_behind_a_sentence_on_several_things_parts_are_of_none_for_sure() -> None:
    text = "Số đơn khiếu nại 33 đơn; Tổng số đơn phải xử lý 698 đơn. Trong đó: Đất đai 405 đơn."
    assert lines(text)[-1] == "405 ?"


def test_targets_with_a_bound_are_targets_and_results_with_a_bound_are_none() -> None:
    assert lines("Tỷ lệ hộ nghèo (kế hoạch HĐND tỉnh giao trên 4%) đạt trên 3%.") == [
        "4 value ty_le_ho_ngheo:2026-A1:target:HĐND tỉnh",
        "3 ?",
    ]


def test_a_note_behind_a_time_told_aside_is_of_the_report_s_own_time() -> None:
    text = "Số hợp tác xã thành lập mới là 02 hợp tác xã, cùng kỳ năm 2025 không phát sinh. Dân số là 900 người."
    body = passage(text, marks=(Mark(text.index("."), "1", -1),))
    note = passage("Trong đó: Nông nghiệp 01 hợp tác xã; Vận tải 01 hợp tác xã.", Kind.NOTE, "1")
    assert lines(body, note)[-2:] == [
        "01 value htx_thanh_lap_moi:2026-S1::linh_vuc_htx=nong_nghiep",
        "01 value htx_thanh_lap_moi:2026-S1::linh_vuc_htx=van_tai",
    ]
    text = "Tổng số tiêu chí nông thôn mới các xã đã đạt là 12 tiêu chí, năm 2025 là 01 tiêu chí."
    body = passage(text, marks=(Mark(len(text) - 1, "1", -1),))
    note = passage("Tiêu chí số 1 - Quy hoạch: số xã đạt là 02 tiêu chí.", Kind.NOTE, "1")
    assert [line.split(":")[-1] for line in lines(body, note)] == ["2026-S1", "2025-A1", "2026-S1"]
