"""Where the files of the demonstration are, what is to be seen in each, and which planted mistakes were found."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from baocao.model import Document, Finding
from demo.plant_mistakes import Planted

SAMPLE = "bao-cao-mau.docx"
NO_PDF = (
    "      Chưa có LibreOffice nên bỏ qua bản PDF; cài gói {package} rồi chạy lại để có.\n"
    "      LibreOffice is not installed: the PDF is left out; install the package {package} and run this again."
)
TOOK = "Xong sau {seconds:.0f} giây. / Done after {seconds:.0f} seconds."
_CLEAN = ("không có gì cần xem", "nothing to look at")
_NOT_CLEAN = ("có điểm cần xem, nêu ở bước 4", "there is something to look at, told in step 4")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one walk, all below ``out``."""

    out: Path
    with_pdf: bool = True

    @property
    def province(self) -> Path:
        return self.out / "minh-hoa"

    @property
    def loaded(self) -> Path:
        return self.province / "nhat-ky-nap.txt"

    @property
    def report(self) -> Path:
        return self.province / "bao-cao-nam-2026.docx"

    @property
    def page(self) -> Path:
        return self.report.with_suffix(".html")

    @property
    def pdf(self) -> Path:
        return self.report.with_suffix(".pdf")

    @property
    def workbook(self) -> Path:
        return self.province / "phu-luc-2026.xlsx"

    @property
    def planted(self) -> Path:
        return self.province / "bao-cao-co-loi.docx"

    @property
    def remarked(self) -> Path:
        return self.province / "bao-cao-co-loi-da-soat.docx"

    @property
    def findings(self) -> Path:
        return self.province / "bao-cao-co-loi-da-soat.html"

    @property
    def sample_remarked(self) -> Path:
        return self.out / SAMPLE

    @property
    def sample_page(self) -> Path:
        return self.sample_remarked.with_suffix(".html")

    def forget_store(self) -> None:
        """Take away the store of an earlier walk with its snapshots, and nothing else."""
        for left in self.province.glob("so-lieu.sqlite*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def told(self, mistakes: list[tuple[Planted, bool]], *, is_clean: bool) -> str:
        """Each file with what to look at, Vietnamese first."""
        found, all_of_them = sum(is_seen for _, is_seen in mistakes), len(mistakes)
        vi, en = _CLEAN if is_clean else _NOT_CLEAN
        lines = [
            (self.report, f"báo cáo năm, mở bằng Word: số liệu nằm trong ô gắn địa chỉ; tự soát: {vi}",
             f"the year report, for Word: each figure in a control that knows its address; proof-read: {en}"),
            (self.pdf, "bản PDF/A in từ chính tệp Word đó", "the PDF/A printed from that very Word file"),
            (self.page, "bản xem trên trình duyệt: trỏ vào một số để biết số đó là gì",
             "the same for the browser: point at a figure to learn what it is"),
            (self.workbook, "phụ lục dạng bảng tính: công thức tính lại mọi tỷ lệ và tổng",
             "the annexes as a workbook: formulas work every % and total out again"),
            (self.remarked, f"bản có {all_of_them} lỗi cài cố ý, soát thấy {found}: xem nhận xét bên lề trong Word",
             f"a copy with {all_of_them} planted mistakes, {found} found: see the comments in Word"),
            (self.findings, "các phát hiện đó thành trang, có phép tính",
             "the same findings as a page, with arithmetic"),
            (self.sample_page, "báo cáo mẫu nhỏ do người viết, 12 lỗi (demo/README.md)",
             "a small sample that people wrote, 12 mistakes (demo/README.md)"),
            (self.loaded, "nhật ký nạp số liệu: số nào lạ, số nào trái đẳng thức",
             "the log of loading: which figures are odd or break an identity"),
        ]  # fmt: skip
        shown = [f"  {_near(path)}\n      {vi}\n      {en}" for path, vi, en in lines if self._is_made(path)]
        edit = (
            f"  Thử tiếp / go on: {_command()}cd {_near(self.province)}\n"
            "  Sửa một số trong Word, lưu lại, rồi gõ / edit a figure in Word, save, and type\n"
            f"      baocao diff {self.report.name}        số sửa tay / what was altered by hand\n"
            f"      baocao refresh {self.report.name}     cập nhật theo kho / bring it up to date"
        )
        head = "Tỉnh Minh Họa và mọi số liệu là hư cấu. / The province of Minh Hoa and all its figures are fictional."
        first = (
            f"  Nên mở trước / open first: {_near(self.page)} (trình duyệt / browser), {_near(self.remarked)} (Word)"
        )
        return "\n".join(["", head, "", *shown, "", first, "", edit, ""])

    def _is_made(self, path: Path) -> bool:
        """Whether this walk made a file; a PDF of an earlier walk is not of this report."""
        return path.exists() and (self.with_pdf or path != self.pdf)


class Told(NamedTuple):
    """What one finding says, and the whole passage that it speaks of."""

    said: str
    passage: str


def told_of(finding: Finding, document: Document) -> Told:
    """The words of a finding by which a planted mistake can be known."""
    return Told(f"{document.text_of(finding.at)}\n{finding.message.vi}", document.holder(finding.at).text)


def is_found(one: Planted, told: list[Told]) -> bool:
    """Whether a finding speaks of a planted mistake: it names its number, or stands in its line."""
    if not any(sign.isdigit() for sign in one.printed):
        return any(one.line in finding.passage for finding in told)
    number = re.compile(rf"(?<![\d.,/]){re.escape(one.printed)}(?![\d/]|[.,]\d)")
    return any(number.search(finding.said) for finding in told)


def table_of(mistakes: list[tuple[Planted, bool]]) -> str:
    """A line for each planted mistake."""
    shown = []
    for one, is_seen in mistakes:
        mark = "thấy / found" if is_seen else "SÓT / missed"
        shown.append(f"      {mark:<14} {one.kind.vi} / {one.kind.en}: {one.meant} → {one.printed}")
    return "\n".join(shown)


def _command() -> str:
    """What makes ``baocao`` a command of the terminal, where it is none yet."""
    activate = Path(sys.executable).parent / "activate"
    return "" if shutil.which("baocao") or not activate.exists() else f"source {_near(activate)}; "


def _near(path: Path) -> str:
    """A path as it is typed from where one stands."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
