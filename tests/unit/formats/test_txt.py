"""Text files become blocks: lines joined, labels known, notes tied to their marks, tables apart.

All places and figures are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.formats import txt
from baocao.formats.errors import Unreadable
from baocao.formats.layout import Layout, lay_out
from baocao.formats.layout_labels import label_of
from baocao.model import Kind, Passage, Table

HOLDERS = "the letters of every run stand in the source"


def check_runs(source: str, laid: Layout) -> None:
    for block in laid.blocks:
        for holder in block.cells if isinstance(block, Table) else (block,):
            for run in holder.runs:
                printed = source[run.source : run.source + run.length]
                assert holder.text[run.start : run.start + run.length] == printed, HOLDERS
            for mark in holder.marks:
                assert 0 <= mark.at <= len(holder.text)


def passages(source: str) -> list[Passage]:
    laid = lay_out(source)
    check_runs(source, laid)
    return [block for block in laid.blocks if isinstance(block, Passage)]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Phần thứ nhất", "Phần thứ nhất"),
        ("Phần II. Nhiệm vụ", "Phần II."),
        ("II. Lĩnh vực văn hóa", "II."),
        ("A. Kinh tế", "A."),
        ("2.1. Lĩnh vực kinh tế", "2.1."),
        ("2.1 Lĩnh vực kinh tế", "2.1"),
        ("3/ Thủy lợi", "3/"),
        ("1.Sản xuất nông nghiệp", "1."),
        ("a) Trồng trọt", "a)"),
        ("đ) Thủy lợi", "đ)"),
        ("(3) Thu ngân sách", "(3)"),
        ("- Lúa: 30 ha", "-"),
        ("+ Ngô", "+"),
        ("* Hạn chế", "*"),
        ("*** Nguyên nhân chủ quan**", "*"),
        ("**4. Y tế**", "4."),
        (r"\- Lúa", "-"),
        ("1.583,7 ha lúa", ""),
        ("2021. Công khai dự toán", ""),
        ("-5% so với cùng kỳ", ""),
        ("31/5/2021 là ngày chốt", ""),
        ("Xã Mẫu Thượng", ""),
        ("I-ốt", ""),
    ],
)
def test_labels_as_printed(line: str, label: str) -> None:
    assert label_of(line) == label


WRAPPED = """\
I. LĨNH VỰC KINH TẾ VÀ XÂY DỰNG NÔNG THÔN MỚI CỦA HUYỆN
MẪU SƠN HẠ NĂM 2021
1. Sản xuất nông nghiệp
- Giao chỉ tiêu kế hoạch sản xuất vụ đông xuân cho các đơn vị, địa phương thực
hiện; bảo đảm cung ứng giống, phân bón. Sản lượng ước đạt 8.215/8.264 tấn, bằng
99,4% KH theo Quyết định số 12/QĐ-
UBND của huyện.
- Tổng đàn trâu của các xã, thị trấn trên địa bàn huyện đạt 6.384/6.510 con, bằng
98,5% KH; đàn bò đạt 5.243 con.
2. Y tế
Tình hình dịch bệnh trên địa bàn được kiểm soát, không phát sinh ổ dịch mới tại
các xã biên giới của huyện trong sáu tháng đầu năm; công tác khám bệnh, chữa bệnh
được duy trì; các chương trình y tế và dân số được triển khai đúng kế hoạch, trong
đó có tiêm chủng mở rộng.
"""


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "a blank line after each line"])
def test_wrapped_lines_become_paragraphs(between: str) -> None:
    found = passages(WRAPPED.replace("\n", between))
    assert [(block.label, block.kind.value) for block in found] == [
        ("I.", "heading"),
        ("1.", "heading"),
        ("-", "paragraph"),
        ("-", "paragraph"),
        ("2.", "heading"),
        ("", "paragraph"),
    ]
    assert found[0].text.endswith("CỦA HUYỆN MẪU SƠN HẠ NĂM 2021")
    assert "8.264 tấn, bằng 99,4% KH theo Quyết định số 12/QĐ-UBND" in found[2].text


def test_page_numbers_heads_stamps_and_addresses_are_left_out() -> None:
    pages = []
    for number in range(1, 5):
        lines = [f"Ban hành văn bản thứ {number} về điều hành kinh tế, xã hội trên địa bàn huyện Mẫu Sơn"] * 3
        pages.append("\n".join([str(number), "Báo cáo của huyện Mẫu Sơn Hạ", *lines]))
    source = "\f\n".join(pages) + "\n\t\t2021-08-13T16:38:43+0700\nhttps://mau.example/van-ban\n"
    text = "\n".join(block.text for block in passages(source))
    assert "Báo cáo của huyện" not in text
    assert "2021-08" not in text
    assert "mau.example" not in text
    assert all(not line.isdigit() for line in text.split("\n"))


RAISED = """\
- Chăn nuôi: Tổng đàn ổn định¹.

- Trồng trọt: Diện tích gieo trồng tại các xã đạt 11.836,04 ha², bằng 102% KH; mặt nước 2.500 m²; chỉ đạo triển

¹ Gồm: Trâu 199 con, bò 48 con.

² Trong đó: Ngô 6.885 ha, khai thác 30 m³ gỗ; các loại cây khác được trồng trên địa bàn các

khai kế hoạch. Công tác thú y được duy trì⁽³⁾.

xã biên giới của huyện.

³Tiêm được 16.925 liều.
"""


def test_raised_notes_and_what_a_page_cut_in_two() -> None:
    found = passages(RAISED)
    assert [(block.label, block.kind.value) for block in found] == [
        ("-", "paragraph"),
        ("-", "paragraph"),
        ("1", "note"),
        ("2", "note"),
        ("3", "note"),
    ]
    assert found[0].text == "- Chăn nuôi: Tổng đàn ổn định."
    body = found[1]
    assert "11.836,04 ha, bằng 102% KH; mặt nước 2.500 m²; chỉ đạo triển khai kế hoạch." in body.text
    assert [(mark.label, body.text[: mark.at][-2:]) for mark in body.marks] == [("2", "ha"), ("3", "rì")]
    assert found[3].text.endswith("30 m³ gỗ; các loại cây khác được trồng trên địa bàn các xã biên giới của huyện.")
    assert found[4].text == "Tiêm được 16.925 liều."
    assert lay_out(RAISED).notes == {"1": 2, "2": 3, "3": 4}


LOWERED = """\
- Tổ chức phát động các phong trào thi đua năm 20211; khen thưởng các tập thể có
thành tích đợt 1 và đợt 2 theo kế hoạch của huyện Mẫu Sơn Hạ. Công tác nâng bậc
được thực hiện đúng quy định 2 theo chế độ; tiêm mũi 1, mũi 2 và mũi 3 cho người
dân đạt 98,9% 3. Tình hình chung ổn định, các đơn vị đang tiếp tục chuẩn bị cho
{rule}
1 Các phong trào thi đua: “Phong trào năm 2021” và các phong trào khác trên địa bàn
của huyện.
2 Nâng bậc cho 13 công chức, 59 viên chức.
3Gồm 120 người ở 5 xã.
 đại hội các cấp và bầu cử 4. Kết quả được công bố trên cổng thông tin của huyện.
""".format(rule=" " * 49)


def test_lowered_notes_are_known_by_their_sequence() -> None:
    laid = lay_out(LOWERED)
    found = passages(LOWERED)
    body = found[0]
    assert list(laid.notes) == ["1", "2", "3"]
    assert [mark.label for mark in body.marks] == ["1", "2", "3", "4"]
    assert "thi đua năm 2021; khen thưởng" in body.text
    assert "đợt 1 và đợt 2 theo" in body.text
    assert "quy định theo chế độ; tiêm mũi 1, mũi 2 và mũi 3 cho" in body.text
    assert "98,9%. Tình hình" in body.text
    assert "chuẩn bị cho đại hội các cấp và bầu cử. Kết quả" in body.text


def test_numbers_are_no_marks_where_there_are_no_notes() -> None:
    source = "Tiêm phòng đợt 1.\nHọc sinh khóa 5.\n1 Hợp tác xã mới thành lập trong năm 20218.\n"
    assert all(not block.marks and block.kind is not Kind.NOTE for block in passages(source))


def test_a_note_may_hold_a_list() -> None:
    source = (
        "Thu đạt 5 tỷ đồng¹; chi đạt 4 tỷ đồng².\n\n¹ Gồm:\n\n- Thuế 3 tỷ đồng;\n\n- Phí 2 tỷ đồng.\n\n² Chi khác.\n"
    )
    assert [block.label for block in passages(source) if block.kind is Kind.NOTE] == ["1", "1", "1", "2"]


@pytest.mark.parametrize(
    "source",
    [
        "TT\tChỉ tiêu\tKế hoạch\tThực hiện\n1\tLúa\t430\t412\n\tTrong đó:\t\t\n2\tNgô\t1.500\t1.583,7\n",
        "| TT | Chỉ tiêu | Kế hoạch | Thực hiện |\n|---|:--|--:|--:|\n| 1 | **Lúa** | 430 | 412 |\n"
        "|  | Trong đó: |  |  |\n| 2 | Ngô | 1.500 | 1.583,7 |\n",
        "TT   Chỉ tiêu     Kế hoạch    Thực hiện\n1    Lúa               430          412\n"
        "4    Trong đó:           0            0\n2    Ngô             1.500      1.583,7\n",
    ],
    ids=["tabs", "bars", "spaces"],
)
def test_tables_in_text(source: str) -> None:
    laid = lay_out("BIỂU CHỈ TIÊU\n\n(Kèm theo báo cáo)\n\n" + source)
    check_runs("BIỂU CHỈ TIÊU\n\n(Kèm theo báo cáo)\n\n" + source, laid)
    (table,) = (block for block in laid.blocks if isinstance(block, Table))
    assert (table.rows, table.columns, table.title) == (4, 4, "BIỂU CHỈ TIÊU")
    grid = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert grid[0] == ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"]
    assert grid[1] == ["1", "Lúa", "430", "412"]
    assert grid[3] == ["2", "Ngô", "1.500", "1.583,7"]


def test_markdown_signs_are_no_part_of_the_text() -> None:
    source = "## **I. KẾT QUẢ**\n\n> Thu *thuế* đạt **5 tỷ**, chi \\- 3 tỷ (*tạm tính*) (*).\n\n* Hạn chế: 5*3 = 15\n"
    assert [block.text for block in passages(source)] == [
        "I. KẾT QUẢ",
        "Thu thuế đạt 5 tỷ, chi - 3 tỷ (tạm tính) (*).",
        "* Hạn chế: 5*3 = 15",
    ]


def test_the_source_is_the_files_text(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo tháng 6.txt"
    path.write_bytes("\ufeffBÁO CÁO\r\nKết quả năm 2021\r\n".encode())
    document = txt.read(path, "báo cáo tháng 6.txt")
    assert document.source == "BÁO CÁO\nKết quả năm 2021\n"
    assert document.title == "BÁO CÁO Kết quả năm 2021"


def test_a_text_file_may_be_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baocao.formats.limits.MAX_TEXT_BYTES", 10)
    path = tmp_path / "dai.txt"
    path.write_text("một báo cáo dài", encoding="utf-8")
    with pytest.raises(Unreadable, match="limit"):
        txt.read(path, "dai.txt")


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            WRAPPED.split("\n") + RAISED.split("\n") + LOWERED.split("\n") + ["", "\f", "a\tb\tc", "|a|b|", "***"]
        ),
        st.text(alphabet="aạ 1²³.,;*_#\\-\t|()[]^<>\u00ad", max_size=30),
    ),
    max_size=30,
)


@given(LINES)
def test_every_letter_leads_back_to_the_source(lines: list[str]) -> None:
    source = "\n".join(lines)
    check_runs(source, lay_out(source))
