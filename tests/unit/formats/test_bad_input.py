"""Bad input is normal: one clear line in both languages, no traceback, no flood of memory, no waiting."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest

from baocao.formats import FORMATS, SUFFIXES, Unreadable, limits, read
from tests.unit.formats.word_files import DECLARATION, cell, paragraph, table, word_file, word_parts, write_package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GIGABYTE = 1 << 30


def refusal(path: Path) -> str:
    """The one line that is said of a file, in English; the Vietnamese one is as short and as clear."""
    with pytest.raises(Unreadable) as refused:
        read(path)
    said = refused.value.text
    for line in (said.vi, said.en):
        assert line
        assert "\n" not in line
        assert "{" not in line
        assert len(line) < 400
    assert said.vi != said.en
    return said.en


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def compound_file(*streams: str) -> bytes:
    """The head of an old Office file with the names of its streams."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in streams)
    return OLE + b"\0" * 504 + names


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rỗng.docx", b"", "empty"),
        ("nhị phân.txt", bytes(range(256)) * 40, "binary"),
        ("ảnh.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
        ("ảnh.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 100, "JPEG"),
        ("nhị phân.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40, "damaged"),
        ("cụt.docx", b"PK\x03\x04" + b"\0" * 200, "damaged or cut off"),
        ("khóa.docx", compound_file("Root Entry", "EncryptionInfo", "EncryptedPackage"), "password"),
        ("khóa.xlsx", compound_file("Root Entry", "EncryptedPackage"), "password"),
        ("trình chiếu.doc", compound_file("Root Entry", "PowerPoint Document"), "another program"),
    ],
)
def test_content_that_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in refusal(written(tmp_path / name, content))


def test_a_package_of_something_else_is_refused(tmp_path: Path) -> None:
    assert "not a report" in refusal(write_package(tmp_path / "a.docx", {"readme.txt": "x"}))


def test_a_word_package_without_a_body_is_refused(tmp_path: Path) -> None:
    assert "no Word body" in refusal(write_package(tmp_path / "a.docx", {"word/styles.xml": "<a/>"}))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    whole = word_file(tmp_path / "a.docx", paragraph("Đạt 5 ha") * 200).read_bytes()
    assert "damaged or cut off" in refusal(written(tmp_path / "b.docx", whole[: int(len(whole) * share)]))


def test_damage_inside_a_package_is_told(tmp_path: Path) -> None:
    whole = bytearray(word_file(tmp_path / "a.docx", paragraph("Đạt 5 ha, còn 7 ha") * 200).read_bytes())
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        at = package.getinfo("word/document.xml").header_offset + 60
    whole[at : at + 20] = b"\xff" * 20
    assert "damaged" in refusal(written(tmp_path / "b.docx", bytes(whole)))


def test_xml_that_is_not_well_formed_is_told_with_its_part(tmp_path: Path) -> None:
    parts = word_parts(paragraph("a"))
    parts["word/document.xml"] = parts["word/document.xml"][:-20]
    assert "word/document.xml" in refusal(write_package(tmp_path / "a.docx", parts))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;">]>',
        '<!DOCTYPE a [<!ENTITY d SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd">',
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(tmp_path: Path, doctype: str, coding: str) -> None:
    body = word_parts(paragraph("&d;"))["word/document.xml"].removeprefix(DECLARATION)
    hostile = f'<?xml version="1.0" encoding="{coding}"?>{doctype}{body}'
    parts: dict[str, bytes] = {name: content.encode() for name, content in word_parts(paragraph("a")).items()}
    parts["word/document.xml"] = hostile.encode(coding)
    assert "DOCTYPE" in refusal(write_package(tmp_path / "a.docx", parts))


def test_a_package_that_swells_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    bomb = tmp_path / "bom.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in word_parts(paragraph("a")).items():
            if name != "word/document.xml":
                package.writestr(name, content)
        with package.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b"<w:p/>" * 170_000)
    assert bomb.stat().st_size < 2_000_000
    assert peak_megabytes(bomb) < 200
    assert "bomb" in refusal(bomb)


def test_a_package_that_lies_about_its_size_is_weighed(tmp_path: Path) -> None:
    bomb = tmp_path / "nói dối.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 60_000_000)
    content = bytearray(bomb.read_bytes())
    for at in (22, content.rindex(b"PK\x01\x02") + 24):
        content[at : at + 4] = struct.pack("<I", 100)
    assert "damaged" in refusal(written(bomb, bytes(content))) or "bomb" in refusal(bomb)


def test_tables_within_tables_without_end_are_refused(tmp_path: Path) -> None:
    inner = paragraph("x")
    for _ in range(120):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    said = refusal(word_file(tmp_path / "a.docx", inner))
    assert "deep" in said or "well-formed" in said


def test_a_cell_that_claims_a_million_columns_is_one_wide_cell(tmp_path: Path) -> None:
    body = table(cell("a", '<w:gridSpan w:val="999999999"/>') + cell("b"))
    block = read(word_file(tmp_path / "a.docx", body)).blocks[0]
    assert getattr(block, "columns") < 100  # noqa: B009


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "lớn.docx"
    with path.open("wb") as file:
        file.truncate(300 * limits.MEBIBYTE)
    assert "300 MB" in refusal(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "không có.docx")
    assert "folder" in refusal(tmp_path)
    os.mkfifo(tmp_path / "ống.docx")
    assert "ordinary file" in refusal(tmp_path / "ống.docx")
    assert "ordinary file" in refusal(Path("/dev/zero"))
    (tmp_path / "a.docx").symlink_to("b.docx")
    (tmp_path / "b.docx").symlink_to("a.docx")
    assert "loop" in refusal(tmp_path / "a.docx")
    assert "no such file" in refusal(tmp_path / "không có.docx" / "a.txt")
    assert "no such file" in refusal(Path("a\0b.docx"))


def test_a_file_without_read_right_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "kín.docx", paragraph("a"))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "no right" in refusal(path)


def test_a_file_that_vanishes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("a"))
    admit = limits.admit

    def admit_and_remove(admitted: Path) -> bytes:
        head = admit(admitted)
        path.unlink()
        return head

    monkeypatch.setattr(limits, "admit", admit_and_remove)
    assert "no such file" in refusal(path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_may_have_spaces_and_accents(tmp_path: Path, form: str) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Báo cáo  tháng 6 (bản cuối)")  # type: ignore[arg-type]
    folder.mkdir()
    path = word_file(folder / unicodedata.normalize(form, "xã Giả Định 100%.docx"), paragraph("Đạt 5 ha"))  # type: ignore[arg-type]
    found = read(path)
    assert found.source == "Đạt 5 ha\n"
    assert found.name == str(path)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.xlsx", "a", "a.DOCX", "a.bin"])
def test_content_decides_and_not_the_name(tmp_path: Path, name: str) -> None:
    assert read(word_file(tmp_path / name, paragraph("Đạt 5 ha"))).source == "Đạt 5 ha\n"


def test_text_under_a_word_name_is_read_as_text(tmp_path: Path) -> None:
    assert read(written(tmp_path / "a.docx", "Đạt 5 ha lúa.\n".encode())).source == "Đạt 5 ha lúa.\n"


def test_every_reader_names_the_suffixes_that_the_list_gives_it() -> None:
    from baocao.formats import docx, office, pdf, txt, xlsx

    modules = {"WORD": docx, "SHEETS": xlsx, "PDF": pdf, "OFFICE": office, "TEXT": txt}
    assert {known.kind.name: known.suffixes for known in FORMATS} == {
        kind: module.SUFFIXES for kind, module in modules.items()
    }
    assert len(set(SUFFIXES)) == len(SUFFIXES)


def test_reading_is_imported_only_when_a_file_comes() -> None:
    heavy = "('lxml', 'pypdfium2', 'python_calamine')"
    code = f"import sys, baocao.formats; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def peak_megabytes(path: Path) -> float:
    """The memory that a process of its own takes to be refused a file, a gigabyte being all that it may have."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom baocao.formats import Unreadable, read\n"
        "try:\n    read(Path(sys.argv[1]))\nexcept Unreadable:\n    pass\n"
        # not ru_maxrss, which holds what the process that made this one had taken
        "(line,) = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(int(line.split()[1]) / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE)),
    )
    return float(done.stdout)


def test_a_part_nested_too_deep_is_told_without_the_parsers_words(tmp_path: Path) -> None:
    path = tmp_path / "sâu.docx"
    word_file(path, "<w:sdt>" * 400 + "</w:sdt>" * 400)
    assert "nested too many levels" in refusal(path)
