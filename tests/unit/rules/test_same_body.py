"""Two reports are compared when they are of one body."""

from __future__ import annotations

import pytest

from baocao.model import Document, Dossier, Figure, Quantity, Span
from baocao.rules.same_body import body_of, issued_in, sisters
from baocao.rules.two_reports import is_one_subject, is_slip


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN MẪU SƠN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "huyện mẫu sơn"),
        ("UBND HUYỆN MẪU SƠN\nUBND XÃ NÀ LẠN  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "xã nà lạn"),
        ("UBND TỈNH HẢI LÂM\nSỞ TÀI CHÍNH", "sở tài chính"),
        ("Tình hình kinh tế - xã hội 6 tháng đầu năm", ""),
    ],
)
def test_the_lowest_body_of_the_letterhead(head: str, body: str) -> None:
    assert body_of(Document("a.txt", head, ())) == body


def test_the_year_of_issue() -> None:
    assert issued_in(Document("a.txt", "Mẫu Sơn, ngày 05 tháng 7 năm 2023\n\nBÁO CÁO năm 2022", ())) == "2023"


def test_reports_of_two_communes_are_no_sisters() -> None:
    heads = ("UBND XÃ NÀ LẠN", "UBND XÃ BẢN SEN", "UBND XÃ NÀ LẠN")
    documents = tuple(Document(f"{place}.txt", head, ()) for place, head in enumerate(heads))
    assert list(sisters(Dossier(documents, ((), (), ())))) == [(0, 2)]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("đàn lợn nà_lạn", "đàn lợn nái", True),
        ("đàn lợn nà_lạn", "đàn lợn bản_sen", False),
        ("đàn lợn", "đàn trâu", False),
        ("vốn", "vốn công", False),
    ],
)
def test_one_subject(first: str, second: str, is_one: bool) -> None:
    assert is_one_subject(first, second) is is_one


@pytest.mark.parametrize(
    ("first", "second", "slipped"),
    [("14.327", "14.237", True), ("14.327", "14.327", False), ("14.327", "14.826", False), ("14.327", "1.432", False)],
)
def test_a_slip(first: str, second: str, slipped: bool) -> None:
    assert is_slip(_figure(first), _figure(second)) is slipped


def _figure(printed: str) -> Figure:
    from decimal import Decimal

    return Figure(Quantity(Decimal(printed.replace(".", "")), 0), Span(0, 0, 1), printed)
