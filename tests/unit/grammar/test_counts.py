"""Counts are read with the names that are listed for them, however they are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import formats
from baocao.grammar.counts import counts, counts_in_words
from baocao.grammar.paper import Paper
from baocao.model import Agreement, Count, Strength


def read(text: str, folder: Path) -> list[Count]:
    path = folder / "bao-cao.txt"
    path.write_text(text + "\n", encoding="utf-8")
    paper = Paper(formats.read(path))
    found = [claim for stretch in paper.stretches for claim in counts(paper, stretch)]
    return [*found, *counts_in_words(paper)]


AGREEING = [
    ("Dịch xảy ra tại 03/14 xã, thị trấn (Khe Lạnh, Bản Sim, thị trấn Đồng Cọ).", "Khe Lạnh|Bản Sim|thị trấn Đồng Cọ"),
    ("Tổ chức tại 02 xã Khe Lạnh và Bản Sim.", "Khe Lạnh|Bản Sim"),
    ("Ký kết với hai huyện Vân Hạ, Sông Chanh (tỉnh bạn), trao đổi thông tin.", "Vân Hạ|Sông Chanh (tỉnh bạn)"),
    ("Phối hợp 03 lực lượng Công an, Quân sự, Biên phòng.", "Công an|Quân sự|Biên phòng"),
    ("Thêm 02 sản phẩm là củ Mài, hạt Sen Đồng Cọ.", "củ Mài|hạt Sen Đồng Cọ"),
    ("Dự 03 hội nghị trực tuyến 3 cấp (tỉnh - huyện - xã).", "tỉnh|huyện|xã"),
    ("Lập kế hoạch tài chính 03 năm 2023-2025.", "2023|2024|2025"),
    ("Đại hội nhiệm kỳ 5 năm 2015 - 2020.", "2015-2016|2016-2017|2017-2018|2018-2019|2019-2020"),
    ("Thành lập mới 01 HTX (đã xong hồ sơ, thành lập HTX Khe Lạnh).", "đã xong hồ sơ, thành lập HTX Khe Lạnh"),
    ("Các xã Khe Lạnh, Bản Sim, Nà Hoa (03 xã) đã về đích.", "Khe Lạnh|Bản Sim|Nà Hoa"),
    ("Kiểm tra 02 đơn vị gồm: Phòng Văn hóa và Thông tin, Sở Y tế.", "Phòng Văn hóa và Thông tin|Sở Y tế"),
    (
        "Xây dựng 04 mô hình: mô hình nuôi dê; mô hình trồng nấm; 02 mô hình lúa Q5, VT7.",
        "mô hình nuôi dê|mô hình trồng nấm|02 mô hình lúa Q5, VT7 (1)|02 mô hình lúa Q5, VT7 (2)",
    ),
    (
        "Hoàn thành 02 công trình, gồm: cầu Nà Hoa; đường Bản Sim với chiều dài 2,5 km, phục vụ 120 hộ; đã chi 3 tỷ.",
        "cầu Nà Hoa|đường Bản Sim với chiều dài 2,5 km, phục vụ 120 hộ",
    ),
    (
        "Bàn giao 03 công trình¹.\n\n¹ Gồm: Đường Khe Lạnh; Trường Bản Sim; Kênh Nà Hoa.",
        "Đường Khe Lạnh|Trường Bản Sim|Kênh Nà Hoa",
    ),
]


@pytest.mark.parametrize(("text", "items"), AGREEING)
def test_the_names_are_as_many_as_stated(text: str, items: str, tmp_path: Path) -> None:
    claims = [claim for claim in read(text, tmp_path) if "|".join(claim.items) == items]
    assert claims
    assert claims[0].agreement is Agreement.EXACT


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Có 04 xã về đích (Khe Lạnh, Bản Sim, Nà Hoa).", Strength.CERTAIN),
        ("Có 40 xã về đích (Khe Lạnh, Bản Sim, Nà Hoa).", Strength.LIKELY),
        ("Tuần tra tại ba xã Khe Lạnh, Bản Sim.", Strength.LIKELY),
        ("Có 04 xã chưa đạt là Khe Lạnh, Bản Sim, Nà Hoa.", Strength.LIKELY),
        ("Lập kế hoạch tài chính 03 năm 2023-2026.", None),
        ("Lập kế hoạch tài chính 03 năm 2023-2027.", Strength.POSSIBLE),
        ("Có 1/14 xã về đích (Khe Lạnh, Bản Sim, Nà Hoa).", Strength.LIKELY),
        ("Họp trực tuyến 1 cấp (tỉnh - huyện - xã).", Strength.LIKELY),
        ("Khen thưởng 20 tập thể (đội văn nghệ và đội bóng xã Nà Hoa).", Strength.LIKELY),
        ("Kiểm tra 30 trường (MN Khe Lạnh, THCS Bản Sim).", Strength.LIKELY),
        ("Thi đấu 20 môn (Bắn nỏ, cờ vua trẻ, già).", Strength.LIKELY),
        ("Bổ nhiệm 05 đồng chí (ông Vũ Văn Khe, bà Lò Thị Sim, bà Hà Thị Nga).", Strength.CERTAIN),
        ("Có 02/14 xã đạt 19 tiêu chí, chiếm 14,3% (gồm các xã Khe Lạnh, Bản Sim, Nà Hoa).", Strength.CERTAIN),
    ],
)
def test_a_count_off_its_list_is_told_as_surely_as_it_reads(
    text: str, strength: Strength | None, tmp_path: Path
) -> None:
    wrong = [claim.strength for claim in read(text, tmp_path) if claim.agreement is Agreement.DISAGREE]
    assert wrong == ([strength] if strength else [])


@pytest.mark.parametrize(
    "text",
    [
        "Hỗ trợ 15 mô hình (nuôi dê, nuôi cá lồng, trồng nấm, v.v.).",
        "Có 12 sản phẩm như: miến dong, mật ong, chè xanh...",
        "Hỗ trợ 30 hộ (Khe Lạnh, Bản Sim) sửa nhà.",
        "Có 20 xã (huyện Vân Hạ, huyện Sông Chanh) tham gia.",
        "Giao 64 nhiệm vụ cụ thể cho các sở, ban, ngành, địa phương.",
        "Kỷ luật 05 cán bộ (khiển trách 02 người, cảnh cáo 01 người).",
        "Có 07 xã về đích (Khe Lạnh, Bản Sim, Nà Hoa",
        "Có 1/14 xã có dịch (Khe Lạnh, Bản Sim).",
        "Có 15 xã (trong đó xã Nà Hoa về đích trước hạn).",
        "Có 15 xã (xã Khe Lạnh và xã Bản Sim được hỗ trợ thêm).",
        "Toàn huyện có 21 HTX (HTX Nà Hoa ngừng hoạt động).",
        "Triển khai 12 công trình (giao thông, thủy lợi, trường học, y tế).",
        "Hỗ trợ 60 doanh nghiệp (Sở Công Thương, Ngân hàng Chính sách).",
        "Lập 24 tổ bầu cử (Đoàn Thanh niên, Công an, Hội Phụ nữ).",
        "03 phòng: Nội vụ, Tư pháp, Văn hóa và Thông tin được kiện toàn.",
        "Ba Bể, Năm Căn và Bảy Núi là ba địa danh.",
        "Lưu: VT, TH (05 bản).",
    ],
)
def test_lists_that_name_no_whole_number_of_things_tell_nothing(text: str, tmp_path: Path) -> None:
    assert [claim for claim in read(text, tmp_path) if claim.agreement is Agreement.DISAGREE] == []


def test_either_reading_of_a_comma_in_a_name_agrees(tmp_path: Path) -> None:
    for stated in ("02", "03"):
        (claim,) = read(f"Thi đấu {stated} môn (Bắn nỏ, cờ vua trẻ, già).", tmp_path)
        assert claim.agreement is Agreement.EXACT
