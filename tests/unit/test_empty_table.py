"""A table without rows is told by its title alone."""

from __future__ import annotations

from baocao.ledger.grid import Column, Grid
from baocao.model import Text
from baocao.showing.grid import table

COLUMNS = (Column("name", Text("Tên", "Name")),)


def test_no_heads_stand_over_nothing() -> None:
    title = Text("Không có gì phải cập nhật", "Nothing to bring up to date")
    assert list(table(Grid(title, COLUMNS, (), (), True), "vi")) == [title.vi]
    assert len(list(table(Grid(title, COLUMNS, (("Lúa",),), (), True), "vi"))) == 4
