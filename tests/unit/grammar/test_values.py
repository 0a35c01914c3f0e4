"""Single figures: how they are printed, what they are said of, and where they are said again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.grammar.paper import Paper
from baocao.grammar.said import said_of
from baocao.grammar.values import values
from baocao.model import Value


def read(text: str, folder: Path) -> list[tuple[str, str]]:
    """The claims on single figures in a text: their basis and what is printed there."""
    path = folder / "doan.txt"
    path.write_text(text + "\n", encoding="utf-8")
    document = formats.read(path)
    claims, _ = grammar.read(document)
    return [
        (claim.basis, document.text_of(claim.at))
        for claim in claims
        if isinstance(claim, Value) and claim.basis not in ("said", "opening", "annex", "school level")
    ]


@pytest.mark.parametrize(
    ("text", "basis", "printed"),
    [
        ("Thu phạt 96,350.000 đồng.", "malformed mixed", "96,350.000 đồng"),
        ("Cả huyện có 3.12.480 hộ.", "malformed groups", "3.12.480 hộ"),
        ("Giải ngân 1,250,600 đồng cho 12,5% số hộ, 3,4 tấn.", "malformed commas", "1,250,600 đồng"),
        ("Cấp 1,250 thẻ.", "malformed counted", "1,250 thẻ"),
        ("Tốt 45,2%; khá 33,1; trung bình 21,7%.", "malformed unsigned", "33,1"),
        ("Hỗ trợ 05 hộ; 02; sửa 03 nhà.", "stray", "; 02;"),
        ("Có 98% học sinh lớp 5 hoàn thành cấp THCS.", "school level wrong", "lớp 5 hoàn thành cấp thcs"),
        ("Gồm 12 hộ nghèo xã Nà Lạn; 15 hộ nghèo xã Nà Lạn.", "said twice", "15 hộ nghèo"),
        ("Cơ quan, đơn vị văn hóa đạt 9%.", "implausible cultural_title", "9%"),
        ("Năng suất lúa đạt 4,2 tạ/ha.", "implausible rice", "4,2 tạ/ha"),
    ],
)  # fmt: skip
def test_a_slip_is_seen(text: str, basis: str, printed: str, tmp_path: Path) -> None:
    found = [(name, words.lower()) for name, words in read(text, tmp_path)]
    assert found == [(basis, printed.lower())]


@pytest.mark.parametrize(
    "text",
    [
        "Mã hàng 8214.10.25; 8214.10.27. Lớp 7,8,9: 12,5%.",
        "Vốn 1.374,260 triệu đồng; dài 12,350 km; 0,125 ha; bình quân 3,125 người/hộ.",
        "Có 01 vụ; 02 vụ; 03 vụ. Các tổ 01; 02; 03.",
        "Học sinh lớp 9 thi vào lớp 10 THPT; lớp 6 THCS; lớp 5 hoàn thành chương trình tiểu học; năm 2023.",
        "Tăng 12 vụ, tăng 9 vụ so với cùng kỳ và năm trước.",
        "Rất hài lòng 612 phiếu, hài lòng 1.041 phiếu, chưa hài lòng 109 phiếu.",
        "Gia đình văn hóa đạt 12% so với kế hoạch; cơ sở vật chất văn hóa thôn 5%.",
        "Năng suất lúa tăng 1,2 tạ/ha; năng suất sắn 210 tạ/ha.",
    ],
)
def test_what_is_right_is_left_alone(text: str, tmp_path: Path) -> None:
    assert read(text, tmp_path) == []


def test_a_note_with_another_total(tmp_path: Path) -> None:
    text = "Tiếp nhận 64 đơn thư¹ của công dân.\n\n¹ Trong 46 đơn, có 40 đơn kiến nghị, 06 đơn tố cáo."
    assert read(text, tmp_path) == [("total of the note", "46 đơn")]


def test_two_digits_that_changed_places(tmp_path: Path) -> None:
    text = "Đàn bò toàn xã có 4.326 con.\n\nĐàn bò giảm còn 3.100 con; đàn dê 4.236 con.\n\nĐàn bò đạt 4.236 con."
    assert read(text, tmp_path) == [("stated twice", "4.236 con")]


def test_an_amount_a_thousand_times_off(tmp_path: Path) -> None:
    text = "Thu ngân sách trên địa bàn được 12,450 tỷ đồng.\n\nThu ngân sách trên địa bàn cả năm 21,300 triệu đồng."
    assert ("unit slip", "21,300 triệu đồng") in read(text, tmp_path)


def test_what_a_figure_is_said_of(tmp_path: Path) -> None:
    path = tmp_path / "doan.txt"
    path.write_text("Đến ngày 31/5/2023, tổng đàn lợn của xã Nà Lạn (kể cả lợn con) là 2.145 con.\n", encoding="utf-8")
    stretch = Paper(formats.read(path)).stretches[0]
    said = said_of(stretch, stretch.places[-1])
    assert said.names == {"nà lạn"}
    assert said.days == {"31/5/2023"}
    assert said.period == "31/5/2023"
    assert said.role == "actual"
    assert {"đàn", "lợn"} <= said.words
    assert "kể" not in said.words


def test_the_work_grows_with_the_text(tmp_path: Path) -> None:
    lines = [
        f"Đàn bò thôn {n} có {1000 + 7 * n % 8999} con, trị giá {n},{n % 900 + 100} triệu đồng." for n in range(600)
    ]
    taken = []
    for times in (1, 4):
        path = tmp_path / f"dai{times}.txt"
        path.write_text("\n\n".join(lines * times), encoding="utf-8")
        paper = Paper(formats.read(path))
        start = time.process_time()
        list(values(paper))
        taken.append(time.process_time() - start)
    assert taken[1] < 12 * taken[0] + 0.1
