"""The province as files that ``baocao load`` takes: units, changes, plans, figures, tasks, and the project file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from demo.province import places, plans, tasks
from demo.province.reporting import Province

RESULTS, PLANS = "so-lieu", "ke-hoach"
README = """\
Tỉnh Minh Họa không có thật: mọi đơn vị, số liệu, kế hoạch và văn bản trong thư mục này là hư cấu, sinh ra từ một mô
hình có hạt giống ({seed}). Minh Hoa is no real province: all units, figures, plans and instruments here are invented.

  baocao load 'ke-hoach/*.csv' 'so-lieu/*.csv'
  baocao compare --unit MH --period 2026
  baocao draft bao-cao-nam --unit MH --period 2026 --on 31/12/2026 --out bao-cao.docx
"""
PROJECT = """\
# Tỉnh Minh Họa: hư cấu (a fictional province, made by demo/province)
language = "vi"

[figures]
store = "so-lieu.sqlite"
units = "don-vi.csv"
changes = "bien-dong.csv"
under = "MH"

[report]
issuer = "Ủy ban nhân dân tỉnh Minh Họa"
governing = ""                  # cấp trên trực tiếp; tỉnh không có (the body above; a province has none)
council = "Hội đồng nhân dân tỉnh Minh Họa"
place = "Minh Họa"
signature = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
signer = "Nguyễn Hư Cấu"
addressed_to = ["Hội đồng nhân dân tỉnh Minh Họa"]
recipients = [
    "Như trên;",
    "Thường trực Tỉnh ủy;",
    "Thường trực Hội đồng nhân dân tỉnh;",
    "Lãnh đạo Ủy ban nhân dân tỉnh;",
    "Bạn đọc (tỉnh Minh Họa và mọi số liệu trong văn bản này là hư cấu);",
    "Lưu: VT, TH.",
]
tasks = "nhiem-vu.csv"
"""


def write(province: Province, folder: Path) -> None:
    """All files, with the same bytes for the same seed."""
    for name in (RESULTS, PLANS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "baocao.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "DOC-TRUOC.txt").write_text(README.format(seed=province.seed), encoding="utf-8")
    table(folder / "don-vi.csv", places.unit_rows())
    table(folder / "bien-dong.csv", places.change_rows())
    table(folder / "phong-ban.csv", [("mã", "tên"), *plans.departments().items()])
    table(folder / "nhiem-vu.csv", tasks.rows())
    table(folder / PLANS / "giao-chi-tieu.csv", plans.rows(province))
    for one in province.tables():
        heads = ("Đơn vị", "Chỉ tiêu", "Phân tổ", *(span.code for span in one.spans))
        table(folder / RESULTS / f"{one.name}.csv", [heads, *one.rows])
    heads = ("Đơn vị", "Chỉ tiêu", "Kỳ", "Giá trị")
    table(folder / RESULTS / "tinh.csv", [heads, *province.at_province()])
    estimates = ((*row[:3], "ước", row[3]) for row in province.estimates())
    table(folder / RESULTS / "uoc.csv", [(*heads[:3], "Loại số liệu", heads[3]), *estimates])


def table(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """One CSV file, with semicolons, as decimals have commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)
