"""Numbers that a name begins or ends with are no figures that somebody typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.formats import txt
from baocao.reporting.typed import typed

NAMES = ("3 sao", "4 - 5 sao", "Đối tượng 2")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Trong đó: 3 sao có nhiều hơn; 4 - 5 sao ít hơn.", []),
        ("Trong đó: Đối tượng 2 là đa số; 3 sao còn ít.", []),
        ("Trong đó: 3 sao 21 sản phẩm.", ["21"]),
        ("Toàn xã có 3 trạm bơm, đối tượng 2 tấn.", ["3"]),
    ],
)
def test_a_number_at_the_edge_of_a_name_is_its_own(tmp_path: Path, said: str, found: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(said + "\n", encoding="utf-8")
    document = txt.read(path, path.name)
    assert [one.text for one in typed(document, [], NAMES)] == found
