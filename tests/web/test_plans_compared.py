"""Plan against plan: the sign, the measure and the authority of every kind of target."""

from __future__ import annotations

import csv
import io

import pytest

from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.comparing import Compared, How, compared, grid
from baocao_web.plans.sides import side
from tests.web.offices import PROVINCE, Office, person, signed_in

CODE = "lua_nang_suat"


def row(before: str, after: str, code: str = CODE) -> Compared:
    """How one target stands on both sides, as it is typed on each."""
    for who, words in (("HĐND", before), ("UBND", after)):
        if words:
            assign(Asked(PROVINCE, 2026, who, f"1/{who} ngày 20/12/2025", lines={code: words}), person("tuan"))
    sides = [side(PROVINCE, f"2026|{who}") for who in ("HĐND", "UBND")]
    (found,) = compared(*sides)
    return found


@pytest.mark.parametrize(
    ("before", "after", "how", "moved", "percent"),
    [
        ("48", "50", How.MORE, "+2", "104.1667"),
        ("50", "48,5", How.LESS, "-1,5", "97"),
        ("không quá 300", "không quá 250", How.LESS, "-50", "83.3333"),
        ("dưới 300", "không quá 300", How.STRICT, None, "100"),
        ("từ 97,5 trở lên", "trên 97,5", How.STRICT, None, "100"),
        ("từ 97 trở lên", "từ 98 trở lên", How.MORE, "+1", "101.0309"),
        ("duy trì 3", "duy trì 2", How.LESS, "-1", "66.6667"),
        ("duy trì 3", "duy trì 3", How.SAME, None, "100"),
        ("16-32", "16-40", How.BOUNDS, "0; +8", None),
        ("16-32", "18-40", How.MORE, "+2; +8", None),
        ("16-32", "14-30", How.LESS, "-2; -2", None),
        ("16-32", "18-30", How.BOUNDS, "+2; -2", None),
        ("16-32", "16-32", How.SAME, None, None),
        ("giảm 1,2", "giảm 1,5", How.FALLS_MORE, "+0,3", "125"),
        ("giảm 1,5", "giảm 1,2", How.FALLS_LESS, "-0,3", "80"),
        ("đảm bảo", "đảm bảo", How.SAME, None, None),
        ("đảm bảo", "5", How.OTHER, None, None),
        ("không quá 300", "300", How.OTHER, None, None),
        ("duy trì 3", "từ 3 trở lên", How.OTHER, None, None),
        ("16-32", "16", How.OTHER, None, None),
        ("0", "5", How.MORE, "+5", None),
        ("-4", "2", How.MORE, "+6", None),
        ("48", "", How.ONLY_LEFT, None, None),
        ("", "48", How.ONLY_RIGHT, None, None),
    ],
)
def test_every_kind_is_set_against_every_other(
    made: Office, before: str, after: str, how: How, moved: str | None, percent: str | None
) -> None:
    found = row(before, after)
    assert found.how is how
    assert (found.moved.vi if found.moved else None) == moved
    assert (f"{found.percent.normalize():f}" if found.percent is not None else None) == percent


def test_percentages_differ_by_points(made: Office) -> None:
    found = row("5", "4,2", "ct13_giam_ngheo")
    assert (found.measure.vi, found.difference_measure.vi) == ("%", "điểm %")
    told = signed_in("ngoc").get(f"/plans/compare?unit={PROVINCE}&year=2026&left=2026|HĐND&right=2026|UBND")
    assert "điểm %" in told.content.decode()


def test_each_side_is_told_with_who_asks_and_by_which_decision(made: Office) -> None:
    row("16-32", "16-40")
    sides = [side(PROVINCE, f"2026|{who}") for who in ("HĐND", "UBND")]
    table = grid(*sides, compared(*sides))
    told = dict(zip([one.name for one in table.columns], table.rows[0], strict=True))
    assert (str(told["difference"]), str(told["upper_difference"])) == ("0", "8")
    assert (told["left_authority"], told["left_decision"]) == ("HĐND", "1/HĐND, 20/12/2025")
    assert (told["right_authority"], told["right_decision"]) == ("UBND", "1/UBND, 20/12/2025")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_comparison_goes_out_as_files(made: Office, kind: str) -> None:
    row("không quá 300", "không quá 250")
    path = f"/plans/compare?unit={PROVINCE}&year=2026&left=2026|HĐND&right=2026|UBND&format={kind}"
    answer = signed_in("ngoc").get(path)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="so-sanh-ke-hoach.{kind}"'
    if kind == "csv":
        (told,) = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
        assert told[4:11] == ["không quá 300", "không quá 250", "-50", "", "tạ/ha", "83.3333", "thấp hơn"]
    else:
        assert answer.content.startswith(b"PK")
