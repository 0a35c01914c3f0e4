"""A unit's report carries its own letterhead, whoever's folder it is drafted in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from baocao import project
from baocao.model.office import Office
from baocao.model.org_unit import Level, OrgUnit
from baocao.reporting.letterhead import of_unit

PROVINCE = OrgUnit("SM", "Tỉnh Sông Mẫu", Level.PROVINCE, "VN", None, None)
COMMUNE = OrgUnit("SM01", "Xã Bến Thử", Level.COMMUNE, "SM", date(2025, 7, 1), None)
TABLE = (
    '[figures]\nunder = "SM"\n[report]\nissuer = "Ủy ban nhân dân tỉnh Sông Mẫu"\nsigner = "Trần Thử"\n'
    'addressed_to = ["Hội đồng nhân dân tỉnh Sông Mẫu"]\ntasks = "nv.csv"\n'
)


def _folder(tmp_path: Path, more: str = "") -> project.Project:
    file = tmp_path / project.NAME
    file.write_text(TABLE + more, encoding="utf-8")
    return project.read(file)


def test_the_unit_of_the_folder_has_its_table(tmp_path: Path) -> None:
    ours = of_unit(_folder(tmp_path), PROVINCE, PROVINCE)
    assert (ours.office.issuer, ours.office.signer) == ("Ủy ban nhân dân tỉnh Sông Mẫu", "Trần Thử")
    assert ours.tasks == tmp_path / "nv.csv"
    assert not ours.remarks


def test_another_unit_takes_nothing_of_it_and_is_told_what_is_blank(tmp_path: Path) -> None:
    ours = of_unit(_folder(tmp_path), COMMUNE, PROVINCE)
    assert (ours.office, ours.tasks) == (Office(), None)
    (remark,) = ours.remarks
    assert "còn để trống tên người ký, nơi kính gửi, nhiệm vụ trọng tâm" in remark.vi
    assert "[report.SM01]" in remark.en


@pytest.mark.parametrize("named", ["SM01", '"SM01@2025-07-01"', '"Xã Bến Thử"'])
def test_another_unit_may_have_a_table_of_its_own(tmp_path: Path, named: str) -> None:
    ours = of_unit(_folder(tmp_path, f'[report.{named}]\nsigner = "Lê Mẫu"\n'), COMMUNE, PROVINCE)
    assert (ours.office.signer, ours.office.issuer, ours.office.addressed_to) == ("Lê Mẫu", "", ())
    assert not ours.remarks


def test_a_folder_of_no_unit_in_particular_is_anybodys(tmp_path: Path) -> None:
    assert of_unit(_folder(tmp_path), COMMUNE, None).office.signer == "Trần Thử"


def test_a_table_of_a_unit_is_proved_like_the_others(tmp_path: Path) -> None:
    with pytest.raises(project.BadProject) as caught:
        _folder(tmp_path, '[report.SM01]\nsinger = "x"\n')
    assert "report.SM01.singer" in caught.value.text.vi
