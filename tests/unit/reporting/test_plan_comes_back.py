"""A small province's plan and its six-month report: every number comes back by the words alone, and nothing is odd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from baocao import desk
from baocao.cli import main
from baocao.drafting import outline_reading
from baocao.formats import docx_write
from baocao.ledger.book import Book, opened, period_of
from baocao.ledger.sources import Sources
from baocao.model.draft import Draft, Reckoning
from baocao.model.finding import Severity
from baocao.model.office import Office
from baocao.model.period import CutOff
from baocao.reporting.answering import Answers
from baocao.reporting.looking_up import over, reckoned
from baocao.reporting.writing import Asked, drafted
from bench import read_back

UNITS = """\
mã;tên;cấp;cấp trên;từ ngày;đến ngày
SM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;
SM01;Xã Bến Thử;cấp xã;SM;;
SM02;Xã Đồi Giả;cấp xã;SM;;
"""
FIGURES = """\
Đơn vị;Chỉ tiêu;2025-S1;2025;2026-S1;2026
SM01;dan_trau;410;420;430;441
SM02;dan_trau;590;600;610;619
SM01;lua_san_luong;2100;4200;2150;4310
SM02;lua_san_luong;1800;3650;1900;3702,5
SM;ct01_tang_truong;6,1;6,4;6,5;6,71
SM;ct03_thu_nhap;27,5;56,1;29;58,86
SM01;viec_lam_moi;150;310;160;330
SM02;viec_lam_moi;120;250;130;262
SM01;ho_ngheo;52;50;47;45
SM02;ho_ngheo;61;60;58;55
SM;tai_nan_vu;12;25;11;22
SM;rung_trong_moi;110;240,5;120;250
"""
HEAD = "Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Cấp giao;Giá trị;Số quyết định;Ngày quyết định;Hiệu lực từ\n"
COUNCIL, COMMITTEE = "HĐND", "UBND tỉnh"
ASKED = {
    "ct01_tang_truong": ("từ 6,9 trở lên", "trên 6,7"),
    "ct03_thu_nhap": ("61,8", "61,2"),
    "dan_trau": ("1080", "1080"),
    "lua_san_luong": ("8100-8300", "8200"),
    "viec_lam_moi": ("620", "từ 600 trở lên"),
    "ho_ngheo": ("giảm 10", "dưới 95"),
    "tai_nan_vu": ("không quá 22", "không quá 24"),
    "rung_trong_moi": ("255", "từ 250,5 trở lên"),
    "dien_tap": ("đảm bảo", "đảm bảo"),
}
ALLOCATED = {"dan_trau": "duy trì 441", "lua_san_luong": "từ 4400 trở lên", "viec_lam_moi": "340"}
SOURCES = Sources(Path("don-vi.csv"))


def _targets() -> Iterator[str]:
    for year in (2026, 2027):
        days = f"10/12/{year - 1};01/01/{year}"
        for code, (council, committee) in ASKED.items():
            yield f"SM;{code};{year};giao;{COUNCIL};{council};{year - 1990}/NQ-HĐND;{days}"
            yield f"SM;{code};{year};giao;{COMMITTEE};{committee};{year - 500}/QĐ-UBND;{days}"
        for code, asked in ALLOCATED.items():
            yield f"SM01;{code};{year};giao;{COMMITTEE};{asked};{year - 500}/QĐ-UBND;{days}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the small province, its figures and targets loaded."""
    where = tmp_path_factory.mktemp("song-mau")
    files = {"baocao.toml": '[figures]\nstore = "so-lieu.sqlite"\nunits = "don-vi.csv"\n', "don-vi.csv": UNITS}
    files |= {"so-lieu.csv": FIGURES, "giao.csv": HEAD + "\n".join(_targets()) + "\n"}
    with pytest.MonkeyPatch.context() as moved:
        moved.chdir(where)
        for name, text in files.items():
            Path(name).write_text(text, encoding="utf-8")
        assert main(["load", "giao.csv", "so-lieu.csv"]) in (0, 1)
        yield where


def _drafted(book: Book, outline: str, unit: str, period: str, on: date) -> Draft:
    asked = Asked(outline_reading.built_in(outline), book.unit(unit, on), period_of(period, CutOff.CALENDAR), on)
    return drafted(book, asked, Office())


PLAN, HALF = "ke-hoach-nam", "bao-cao-6-thang"
CASES = [
    (PLAN, "SM", "2027", date(2026, 12, 31)),
    (PLAN, "SM01", "2027", date(2026, 12, 31)),
    (PLAN, "SM02", "2027", date(2026, 12, 31)),
    (HALF, "SM", "2026-S1", date(2026, 6, 30)),
    (HALF, "SM01", "2026-S1", date(2026, 6, 30)),
]


@pytest.mark.parametrize(("outline", "unit", "period", "on"), CASES)
def test_every_number_comes_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, outline: str, unit: str, period: str, on: date
) -> None:
    monkeypatch.chdir(folder)
    path, bare = folder / f"{outline}-{unit}.docx", folder / f"{outline}-{unit}-words.docx"
    with opened(folder / "so-lieu.sqlite", SOURCES) as book:
        draft = _drafted(book, outline, unit, period, on)
        path.write_bytes(docx_write.written(draft, datetime(on.year, on.month, on.day, tzinfo=UTC)))
        bare.write_bytes(read_back.by_words(path))
        told = period_of(period, CutOff.CALENDAR)
        results = told.last_year if outline == PLAN else told
        look_up = over(Answers.about(book, draft.unit, told.end), draft.unit, results)
        for file in (path, bare):
            came = read_back.read(draft, file, SOURCES, look_up)
            assert (came.lost, came.wrong) == ([], [])
            assert came.asked > 10
    findings = [one for report in desk.check([path]).reports for one in report.findings]
    assert [one.rule for one in findings if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(("unit", "count"), [("SM", 2 * (len(ASKED) - 1)), ("SM01", len(ALLOCATED)), ("SM02", 0)])
def test_every_target_of_the_plan_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch, unit: str, count: int) -> None:
    monkeypatch.chdir(folder)
    with opened(folder / "so-lieu.sqlite", SOURCES) as book:
        draft = _drafted(book, PLAN, unit, "2027", date(2026, 12, 31))
    addresses = {address for number in draft.numbers for address in number.source.addresses}
    asked = {one for one in addresses if one.authority and one.period.year == 2027}
    assert len(asked) >= count
    assert not any("giao năm 2027" in remark.vi for remark in draft.remarks)


def test_what_two_ask_for_alike_is_each_one_s_and_followed_while_they_agree(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(folder)
    path = tmp_path / "ke-hoach.docx"
    with opened(folder / "so-lieu.sqlite", SOURCES) as book:
        draft = _drafted(book, PLAN, "SM", "2027", date(2026, 12, 31))
        path.write_bytes(docx_write.written(draft, datetime(2026, 12, 31, tzinfo=UTC)))
        (both,) = {one.source for one in draft.numbers if len(one.source.addresses) == 2 and one.text == "1.080"}
        assert [one.authority for one in both.addresses] == [COUNCIL, COMMITTEE]
        look_up = over(Answers.about(book, "SM", date(2027, 12, 31)))
        now = look_up(both)
        assert now is not None
        assert now.value == 1080
    words = ["read", str(path), "--targets", "--csv", str(tmp_path / "a.csv")]
    assert main([*words, "--authority", COUNCIL, "--authority", COMMITTEE]) in (0, 1)
    told = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert [told.count(f"dan_trau,2027-A1,target,{by},") for by in (COUNCIL, COMMITTEE)] == [1, 1]
    assert reckoned(Reckoning.VALUE, [now.value, now.value]) == 1080
    assert reckoned(Reckoning.VALUE, [now.value, now.value + 1]) is None  # a figure of both no more
