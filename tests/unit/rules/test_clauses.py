"""A figure is known again by its clause, in one report or in two."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from baocao import desk
from baocao.model import Document, Passage, Severity
from baocao.rules.clauses import Telling, day_of, ends, tellings, told_twice

HEAD = "UBND HUYỆN MẪU SƠN\n\nMẫu Sơn, ngày {day} tháng {month} năm {year}\n\nBÁO CÁO\n{title}\n\n"
MARCH = HEAD.format(day="29", month="3", year="2024", title="Tình hình kinh tế - xã hội quý I năm 2024")
JUNE = HEAD.format(day="21", month="6", year="2024", title="Tình hình kinh tế - xã hội 6 tháng đầu năm 2024")


def _document(*texts: str) -> Document:
    return Document("a.txt", "\n".join(texts), tuple(Passage(text, ()) for text in texts))


def _told(folder: Path, first: str, second: str) -> list[tuple[Severity, str, str]]:
    paths = [folder / "a.txt", folder / "b.txt"]
    for path, text in zip(paths, (first, second), strict=True):
        path.write_text(text, encoding="utf-8")
    result = desk.check(paths, jobs=1)
    return [
        (finding.severity, finding.expected, finding.stated)
        for report in result.reports
        for finding in report.findings
        if finding.rule == "stated_across"
    ]


def _tellings(text: str) -> list[Telling]:
    return list(tellings(_document(text), 0))


def test_years_stay_in_a_clause_and_figures_do_not() -> None:
    (one,) = _tellings("Năm 2022, toàn xã trồng mới được 41,5 ha rừng phòng hộ.")
    assert one.clause == "năm 2022 toàn xã trồng mới # ha rừng phòng hộ"
    assert (one.value, one.decimals) == (Decimal("41.5"), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 214/QĐ-UBND ngày 12/3/2022 của UBND huyện về giao đất.",
        "Tổ chức họp ngày 14/5/2023 tại hội trường của trung tâm.",
        "Kết quả giai đoạn 2021-2025 cơ bản hoàn thành các nội dung.",
    ],
)
def test_numbers_of_papers_and_days_are_no_figures(text: str) -> None:
    assert _tellings(text) == []


@pytest.mark.parametrize(
    ("clause", "end"),
    [
        ("năm 2022 trồng mới # ha", (2022, 12)),
        ("quý iii năm 2023 trồng mới # ha", (2023, 9)),
        ("6 tháng đầu năm 2023 trồng mới # ha", (2023, 6)),
        ("tháng 4/2023 trồng mới # ha", (2023, 4)),
        ("theo quyết định năm 2022 trồng mới # ha", None),
        ("từ năm 2022 đến nay trồng mới # ha", None),
        ("trồng mới # ha", None),
    ],
)
def test_when_the_period_of_a_clause_is_over(clause: str, end: tuple[int, int] | None) -> None:
    assert ends(clause) == end


def test_the_day_up_to_which_a_clause_counts() -> None:
    assert day_of("tính đến ngày 15/6/2024 giải ngân # tỷ đồng") == (2024, 6, 15)
    assert day_of("nghị quyết ngày 15/6/2024 hỗ trợ # tỷ đồng") is None


def test_two_items_of_one_list_are_two_things() -> None:
    same = "Hỗ trợ tiền ăn cho học sinh bán trú {} triệu đồng."
    near = _document(same.format(214), same.format(225))
    far = _document(same.format(214), *(["Đời sống ổn định."] * 4), same.format(225))
    assert list(told_twice(near, 0)) == []
    assert [(first.printed, second.printed) for first, second in told_twice(far, 0)] == [("214 triệu", "225 triệu")]


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (
            "Năm 2022, toàn huyện trồng mới được 418,5 ha rừng phòng hộ.",
            "Năm 2022, toàn huyện trồng mới 421,5 ha rừng phòng hộ.",
            Severity.ERROR,
        ),
        (
            "Quý IV năm 2023, tỷ lệ hồ sơ giải quyết đúng hạn của các xã là 97,4%.",
            "Quý IV năm 2023, tỷ lệ hồ sơ giải quyết đúng hạn của các xã đạt 94,7%.",
            Severity.WARNING,
        ),
        (
            "Đến ngày 15/6/2024, giải ngân vốn đầu tư công được 52,6 tỷ đồng.",
            "Đến ngày 31/3/2024, giải ngân vốn đầu tư công được 61,3 tỷ đồng.",
            Severity.WARNING,
        ),
        (
            "Năm 2022, diện tích cây ăn quả trồng mới toàn huyện là 152,6 ha.",
            "Diện tích toàn huyện trồng mới cây ăn quả năm 2022 là 162,5 ha.",
            Severity.WARNING,
        ),
    ],
)
def test_what_two_reports_cannot_both_say(first: str, second: str, severity: Severity, tmp_path: Path) -> None:
    assert [found[0] for found in _told(tmp_path, MARCH + first, JUNE + second)] == [severity]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Toàn huyện đã sửa chữa 24 tuyến đường nội đồng.", "Toàn huyện đã sửa chữa 26 tuyến đường nội đồng."),
        (
            "Đến ngày 15/3/2024, giải ngân vốn đầu tư công được 41,7 tỷ đồng.",
            "Đến ngày 15/6/2024, giải ngân vốn đầu tư công được 73,4 tỷ đồng.",
        ),
        (
            "Sản lượng thịt hơi năm 2023 của toàn huyện ước đạt 3.140 tấn.",
            "Sản lượng thịt hơi năm 2023 của toàn huyện đạt 3.410 tấn.",
        ),
        (
            "Năm 2022, toàn huyện trồng mới được 418,5 ha rừng phòng hộ.",
            "Năm 2022, toàn huyện trồng mới 418,46 ha rừng phòng hộ.",
        ),
        (
            "Năm 2024, toàn huyện trồng mới được 118,5 ha rừng phòng hộ.",
            "Năm 2024, toàn huyện trồng mới 146,2 ha rừng phòng hộ.",
        ),
        (
            "Theo Nghị quyết ngày 12/7/2022, toàn huyện hỗ trợ 214 hộ làm nhà ở.",
            "Theo Nghị quyết ngày 12/7/2022, toàn huyện hỗ trợ 241 hộ làm nhà ở.",
        ),
        (
            "So với năm 2022, toàn huyện tăng thêm 214 hộ làm nhà ở mới.",
            "So với năm 2022, toàn huyện tăng thêm 241 hộ làm nhà ở mới.",
        ),
    ],
)
def test_what_two_reports_rightly_say(first: str, second: str, tmp_path: Path) -> None:
    assert _told(tmp_path, MARCH + first, JUNE + second) == []
