"""The layout of Decree 30/2020 holds in what is written; and each rule sees when its own thing is otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from baocao.formats import docx_write
from baocao.formats.decree_30 import breaches
from baocao.formats.decree_30_rules import RULES
from baocao.formats.package import Package
from tests.unit.formats.large_draft import DRAFTED, large_draft
from tests.unit.formats.sound_word import parts_of
from tests.unit.formats.word_files import paragraph, word_file

DOCUMENT, STYLES, HEADER, NUMBERS = "word/document.xml", "word/styles.xml", "word/header1.xml", "word/numbering.xml"
NAMES = {
    "nation": "Nation", "motto": "Motto", "issuer": "Issuer", "governing": "Governing", "number": "Number",
    "day": "PlaceAndDate", "kind": "Kind", "summary": "Summary", "addressed": "AddressedTo", "text": "BodyText",
    "part": "Heading1", "heading": "Heading3", "point": "Heading5", "signature": "Signature", "signer": "SignerName",
    "recipients-head": "RecipientsHead", "recipients": "Recipient", "annex-label": "AnnexLabel",
    "annex-title": "AnnexTitle", "annex-tie": "AnnexTie", "page-number": "header",
}  # fmt: skip
_LOOKS = {
    "size": (r'<w:sz w:val="\d+"/>', '<w:sz w:val="40"/>'),
    "bold": (r"<w:b/><w:bCs/>", ""),
    "look": (r"<w:b/><w:bCs/>", ""),
    "italic": (r"<w:i/><w:iCs/>", ""),
    "upright": (r"<w:rPr>", "<w:rPr><w:i/><w:iCs/>"),
    "centred": (r'<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
    "justified": (r'<w:jc w:val="both"/>', '<w:jc w:val="left"/>'),
    "indent": (r'w:firstLine="\d+"', 'w:firstLine="0"'),
    "gap": (r'w:after="\d+"', 'w:after="0"'),
    "line": (r'w:line="\d+"', 'w:line="600"'),
}
WORDS = {  # rule → what stands in the document, and what it becomes
    "nation": (">CỘNG HÒA XÃ HỘI", ">CỘNG HÒA"),
    "nation-words": (">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<", ">Cộng hòa xã hội chủ nghĩa Việt Nam<"),
    "motto": (">Độc lập - Tự do", ">Độc lập, tự do"),
    "motto-words": (">Độc lập - Tự do - Hạnh phúc<", ">Độc Lập - Tự Do - Hạnh Phúc<"),
    "motto-below": (
        "VIỆT NAM</w:t></w:r></w:p>",
        'VIỆT NAM</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr>',
    ),
    "motto-rule": (
        r'<w:pStyle w:val="Rule"/><w:ind w:left="1\d+" w:right="1\d+"',
        '<w:pStyle w:val="Rule"/><w:ind w:left="9" w:right="9"',
    ),
    "issuer": (">ỦY BAN NHÂN DÂN (TỈNH MÂY TRẮNG|XÃ ĐỒNG SÁNG)<", "><"),
    "issuer-capitals": (">ỦY BAN NHÂN DÂN XÃ ĐỒNG SÁNG<", ">Ủy ban nhân dân xã Đồng Sáng<"),
    "issuer-rule": (
        r'<w:pStyle w:val="Rule"/><w:ind w:left="\d+" w:right="\d+"',
        '<w:pStyle w:val="Rule"/><w:ind w:left="9" w:right="9"',
    ),
    "governing-capitals": (">ỦY BAN NHÂN DÂN TỈNH MÂY TRẮNG<", ">Ủy ban nhân dân tỉnh Mây Trắng<"),
    "number": (">Số: 07/", ">Ngày 07/"),
    "number-form": (">Số: 07/BC-UBND<", ">Số: 07 BC UBND<"),
    "number-two-digits": (">Số: 07/", ">Số: 7/"),
    "number-symbol": (">Số: 07/BC-", ">Số: 07/KH-"),
    "day": (">Đồng Sáng, ngày 05 tháng 12 năm 2025<", ">Đồng Sáng, 5/12/2025<"),
    "day-form": ("ngày 05 tháng 12 năm 2025<", "ngày 5 tháng 12 năm 2025<"),
    "day-place": (">Đồng Sáng, ngày 05", ">ngày 05"),
    "day-beside": (">Số: 07/BC-UBND<", ">Số: 07/BC-UBND</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t><"),
    "kind": (">BÁO CÁO<", ">BÁO CÁO NHANH<"),
    "kind-capitals": (">BÁO CÁO<", ">Báo cáo<"),
    "summary": (r'(?s)<w:p><w:pPr><w:pStyle w:val="Summary"/>.*?</w:p>', ""),
    "summary-rule": (r'(<w:pStyle w:val="SummaryRule"/><w:ind) w:left="\d+"', r'\g<1> w:left="0"'),
    "part-capitals": (">KẾT QUẢ THỰC HIỆN NHIỆM VỤ", ">Kết quả thực hiện nhiệm vụ"),
    "end": (r"\./\.<", ".<"),
    "signature": (r'<w:p><w:pPr><w:pStyle w:val="Signature"/>.*?(?=<w:p><w:pPr><w:pStyle w:val="SignatureRoom")', ""),
    "signature-capitals": (">TM. ỦY BAN NHÂN DÂN<", ">TM. Ủy ban nhân dân<"),
    "signature-post": (">PHÓ CHỦ TỊCH<", "><"),
    "signer-untitled": (">Nông Văn Tưởng<", ">ThS. Nông Văn Tưởng<"),
    "recipients": (">Nơi nhận:<", ">Gửi:<"),
    "recipients-signs": (">- UBND tỉnh;<", ">UBND tỉnh<"),
    "recipients-kept": (">- Lưu: VT, KT.<", ">- Như trên.<"),
    "annex-page": ('<w:type w:val="nextPage"/>(?!.*<w:type)', '<w:type w:val="continuous"/>'),
    "annex-numbers": ('<w:pgNumType w:start="1"/>', ""),
    "annex-order": (">Phụ lục II<", ">Phụ lục III<"),
    "annex-title-capitals": (">KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU<", ">Kết quả thực hiện các chỉ tiêu<"),
    "annex-tied": (">\\(Kèm theo", ">(Cùng với"),
    "main-stands": ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'),
    "paper": ('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="12240" w:h="15840"/>'),
    "paper-turned": (' w:orient="landscape"', ""),
    "margin-top": ('w:top="1134"', 'w:top="1000"'),
    "margin-bottom": ('w:bottom="1134"', 'w:bottom="1600"'),
    "margin-left": ('w:left="1701"', 'w:left="1440"'),
    "margin-right": ('w:right="1134"', 'w:right="1440"'),
    "page-number-arabic": ('<w:pgNumType w:start="1"/>', '<w:pgNumType w:fmt="upperRoman" w:start="1"/>'),
    "page-number-first": ("<w:titlePg/>", ""),
    "page-number-not-below": (
        '(<w:headerReference w:type="default")', r'<w:footerReference w:type="default" r:id="rIdHeader"/>\g<1>'
    ),
    "page-number-in-margin": ('w:header="567"', 'w:header="1000"'),
    "colour": ('<w:pStyle w:val="BodyText"/></w:pPr><w:r>', '<w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr><w:color '
               'w:val="FF0000"/></w:rPr>'),
    "unicode": (">Đồng Sáng, ngày", ">Đồng Sa\u0301ng, ngày"),
    "footnote-marks": ('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>', "<w:r>"),
}  # fmt: skip
OTHER = {
    "page-number": (HEADER, " PAGE ", " DATE "),
    "font": (STYLES, 'w:ascii="Times New Roman"', 'w:ascii="Arial"'),
    "recipients-left": (DOCUMENT, "", ""),
}


def change(key: str) -> tuple[str, str, str]:
    """The part, what stands in it (a pattern), and what it becomes, so that the rule of this key is broken."""
    if key in OTHER:
        return OTHER[key]
    if key in WORDS:
        return (DOCUMENT, *WORDS[key])
    name, _, look = key.rpartition("-")
    old, new = _LOOKS[look]
    style = f'(<w:style w:type="paragraph" w:styleId="{NAMES[name]}">(?:(?!</w:style>).)*?)'
    return STYLES, style + old, r"\g<1>" + new


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    return parts_of(docx_write.written(large_draft(sections=2, annexes=2, rows=3, paragraphs=4), DRAFTED))


def broken(parts: dict[str, bytes], folder: Path) -> set[str]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    path = folder / "a.docx"
    path.write_bytes(stream.getvalue())
    with Package(path) as package_read:
        return {breach.rule.key for breach in breaches(package_read)}


def test_there_are_rules_enough_and_each_has_a_name_of_its_own() -> None:
    keys = [rule.key for rule in RULES]
    assert len(keys) == len(set(keys)) >= 100
    assert all(rule.wanted.vi != rule.wanted.en for rule in RULES)


def test_what_is_written_holds_to_all_of_them(parts: dict[str, bytes], tmp_path: Path) -> None:
    assert broken(parts, tmp_path) == set()


@pytest.mark.parametrize("key", [rule.key for rule in RULES])
def test_each_rule_sees_its_own_thing(key: str, parts: dict[str, bytes], tmp_path: Path) -> None:
    part, old, new = change(key)
    text = parts[part].decode()
    changed = _sides_changed(text) if key == "recipients-left" else re.sub(old, new, text)
    assert changed != text, "the test changes nothing"
    found = broken({**parts, part: changed.encode()}, tmp_path)
    assert key in found
    assert len(found) <= 12, "a rule of its own for each thing"


def _sides_changed(text: str) -> str:
    """The two cells of the end, the other way round."""
    row = re.search(r"<w:tc>(?:(?!<w:tc>).)*RecipientsHead.*?</w:tc><w:tc>.*?</w:tc>", text)
    assert row is not None
    left, right = row[0].split("</w:tc><w:tc>")
    return text.replace(
        row[0], "<w:tc>" + right.removesuffix("</w:tc>") + "</w:tc><w:tc>" + left.removeprefix("<w:tc>") + "</w:tc>"
    )


def test_a_file_of_another_hand_is_told_what_it_lacks(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("Trồng được 12 ha."))
    with Package(path) as package:
        found = breaches(package)
    keys = {breach.rule.key for breach in found}
    assert {"nation", "motto", "number", "day", "kind", "summary", "signature", "recipients"} <= keys
    assert all(breach.seen.vi and breach.seen.en for breach in found)
