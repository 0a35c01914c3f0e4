"""A copy with comments is the same report: same parts, same text, same look, and the comments on the very words."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from baocao.formats import read
from baocao.formats.docx_comments import Remark, annotate
from tests.unit.formats.word_files import (
    DECLARATION,
    NAMES,
    cell,
    level,
    lists,
    mark,
    notes,
    numbered,
    paragraph,
    run,
    table,
    word_file,
    word_parts,
    write_package,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ANCHORS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
BODY = (
    numbered("Diện tích lúa đạt 412/430 ha, đạt 99,1% kế hoạch.")
    + paragraph(
        run("Tổng thu ", "<w:b/>")
        + f'<w:ins w:id="9" w:author="x">{run("năm nay ")}</w:ins>'
        + f'<w:hyperlink w:anchor="a">{run("đạt 5")}</w:hyperlink>'
        + "<w:r><w:rPr><w:i/></w:rPr><w:t>,2</w:t><w:tab/><w:t>tỷ</w:t>"
        + '<w:br/><w:t xml:space="preserve"> đồng </w:t></w:r>'
        + mark(1)
        + run(".")
    )
    + table(cell("Chỉ tiêu") + cell("Thực hiện"), cell("Lúa") + cell("5.198,9"))
    + "<w:sectPr/>"
)
PARTS = {
    "numbering": lists(level(0, "decimal", "%1.")),
    "footnotes": notes("Thu nội địa 4,1 tỷ đồng."),
    "settings": "",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return word_file(tmp_path / "báo cáo.docx", BODY, **PARTS)


def remark(path: Path, words: str, *said: str) -> Remark:
    at = read(path).source.index(words)
    return Remark(at, at + len(words), said or (f"Về “{words}”",))


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def look_of(body: bytes) -> list[tuple[str, str]]:
    """Every printed letter with its place in the tree and its run's look; anchors are passed over."""
    found: list[tuple[str, str]] = []
    for element in etree.fromstring(body).iter():
        if element.tag in ANCHORS or (element.tag == f"{W}r" and element.find(f"{W}commentReference") is not None):
            continue
        if element.tag in (f"{W}t", f"{W}tab", f"{W}br", f"{W}footnoteReference"):
            parent = element.getparent()
            properties = parent.find(f"{W}rPr")
            look = b"" if properties is None else etree.tostring(properties)
            path = "/".join(etree.QName(above).localname for above in parent.iterancestors())
            found.extend((letter, f"{path} {look!r}") for letter in element.text or f"<{element.tag}>")
        elif (
            element.tag not in (f"{W}r", f"{W}rPr")
            and element.getparent() is not None
            and element.getparent().tag != f"{W}rPr"
        ):
            found.append((element.tag, repr(dict(element.attrib))))
    return found


def commented(path: Path) -> dict[str, str]:
    """By comment id, the text between its anchors."""
    open_ids: set[str] = set()
    found: dict[str, str] = {}
    for element in etree.fromstring(parts_of(path)["word/document.xml"]).iter():
        if element.tag == ANCHORS[0]:
            open_ids.add(element.get(f"{W}id"))
            found[element.get(f"{W}id")] = ""
        elif element.tag == ANCHORS[1]:
            open_ids.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for comment in open_ids:
                found[comment] += element.text
    assert not open_ids
    return found


def said(path: Path) -> list[str]:
    comments = etree.fromstring(parts_of(path)["word/comments.xml"])
    return ["\n".join("".join(line.itertext()) for line in comment) for comment in comments]


def test_only_anchors_and_run_splits_are_new(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "soát.docx"
    words = (
        "412/430 ha",
        "99,1%",
        "đạt 99,1% kế",
        "thu năm nay đạt 5,2",
        "đạt 5",
        "2\ttỷ",
        "đồng",
        "Chỉ tiêu\tThực hiện\nLúa",
    )
    annotate(source, target, [remark(source, each) for each in words])
    before, after = parts_of(source), parts_of(target)
    touched = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(after) - set(before) == {"word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == touched - {"word/comments.xml"}
    assert look_of(after["word/document.xml"]) == look_of(before["word/document.xml"])
    assert read(target).source == read(source).source
    assert read(target).blocks == read(source).blocks
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        old, new = etree.fromstring(before[name]), etree.fromstring(after[name])
        assert [dict(each.attrib) for each in new][: len(old)] == [dict(each.attrib) for each in old]
        assert len(new) == len(old) + 1


def test_comments_lie_on_the_very_words(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "soát.docx"
    words = ("412/430 ha", "ạt 99,1% k", "thu năm nay đạt 5,2", "5,2", "Thực hiện\nLúa")
    annotate(source, target, [remark(source, each) for each in words], author="Người soát")
    assert list(commented(target).values()) == sorted(
        ("".join(each.split("\n")) for each in words), key=lambda each: read(source).source.index(each[:5])
    )
    comments = etree.fromstring(parts_of(target)["word/comments.xml"])
    assert {comment.get(f"{W}author") for comment in comments} == {"Người soát"}
    assert said(target)[0] == "Về “412/430 ha”"


def test_a_list_number_is_remarked_on_at_its_words(source: Path, tmp_path: Path) -> None:
    annotate(source, tmp_path / "a.docx", [Remark(0, 2, ["Số mục lặp lại"])])
    assert list(commented(tmp_path / "a.docx").values()) == ["Diện tích lúa đạt 412/430 ha, đạt 99,1% kế hoạch."]


def test_a_remark_on_a_note_goes_to_its_mark_and_says_so(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "soát.docx"
    annotate(source, target, [remark(source, "4,1 tỷ đồng", "Không khớp", "4,1 ≠ 5,2")])
    assert parts_of(target)["word/footnotes.xml"] == parts_of(source)["word/footnotes.xml"]
    assert said(target) == ["Tại chú thích 1: “4,1 tỷ đồng”\nKhông khớp\n4,1 ≠ 5,2"]
    body = etree.fromstring(parts_of(target)["word/document.xml"])
    start = next(body.iter(ANCHORS[0]))
    assert start.getnext().find(f"{W}footnoteReference") is not None


def test_a_remark_in_a_text_box_goes_to_the_box(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{paragraph('Đạt 5 ha')}</w:txbxContent>"
    body = paragraph(run("Ngoài") + f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>")
    source = word_file(tmp_path / "khung.docx", body)
    annotate(source, tmp_path / "b.docx", [remark(source, "5 ha", "Xem lại")], lang="en")
    assert said(tmp_path / "b.docx") == ["In the text box: “5 ha”\nXem lại"]
    box = next(etree.fromstring(parts_of(tmp_path / "b.docx")["word/document.xml"]).iter(f"{W}txbxContent"))
    assert not any(list(box.iter(anchor)) for anchor in ANCHORS)


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    old = f'<w:comments {NAMES}><w:comment w:id="4" w:author="Lan">{paragraph("cũ")}</w:comment></w:comments>'
    parts = word_parts(paragraph("Đạt 5 ha"), comments="")
    parts["word/comments.xml"] = DECLARATION + old
    source = write_package(tmp_path / "cũ.docx", parts)
    annotate(source, tmp_path / "mới.docx", [remark(source, "5 ha", "mới")])
    assert said(tmp_path / "mới.docx") == ["cũ", "mới"]
    assert list(commented(tmp_path / "mới.docx")) == ["5"]
    assert parts_of(source)["[Content_Types].xml"] == parts_of(tmp_path / "mới.docx")["[Content_Types].xml"]


def test_letters_of_base_and_accent_are_split_at_letters(tmp_path: Path) -> None:
    import unicodedata

    source = word_file(tmp_path / "nfd.docx", paragraph(unicodedata.normalize("NFD", "Tổng số hộ nghèo là 5 hộ")))
    annotate(source, tmp_path / "a.docx", [remark(source, "hộ nghèo")])
    assert [unicodedata.normalize("NFC", text) for text in commented(tmp_path / "a.docx").values()] == ["hộ nghèo"]
    whole = "".join(etree.fromstring(parts_of(tmp_path / "a.docx")["word/document.xml"]).itertext())
    assert whole == unicodedata.normalize("NFD", "Tổng số hộ nghèo là 5 hộ")


def test_nothing_is_written_over(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "có rồi.docx"
    target.write_bytes(b"x")
    with pytest.raises(FileExistsError):
        annotate(source, target, [Remark(0, 5, ["a"])])
    assert target.read_bytes() == b"x"
    annotate(source, target, [Remark(0, 5, ["a"])], replace=True)
    assert said(target) == ["a"]
    with pytest.raises(FileExistsError):
        annotate(source, source, [Remark(0, 5, ["a"])], replace=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["báo cáo.docx", "có rồi.docx"])


def test_signs_that_xml_cannot_hold_are_left_out(source: Path, tmp_path: Path) -> None:
    annotate(source, tmp_path / "a.docx", [Remark(0, 5, ["a\x00b\x1fc & <d>"])])
    assert said(tmp_path / "a.docx") == ["abc & <d>"]


def test_python_docx_reads_the_comments(source: Path, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    annotate(source, tmp_path / "a.docx", [remark(source, "99,1%", "một", "hai")])
    comments = list(docx.Document(str(tmp_path / "a.docx")).comments)
    assert [(comment.author, comment.text) for comment in comments] == [("baocao", "một\nhai")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy(source: Path, tmp_path: Path) -> None:
    words = ("412/430 ha", "99,1%", "thu năm nay đạt 5,2", "4,1 tỷ", "Chỉ tiêu\tThực hiện\nLúa")
    annotate(source, tmp_path / "a.docx", [remark(source, each) for each in words])
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "odt",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "a.odt") as package:
        assert package.read("content.xml").count(b"<office:annotation ") == len(words)
    subprocess.run(
        [*command[:4], "pdf", *command[5:], str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120
    )
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
