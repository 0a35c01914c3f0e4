"""English is complete, the libraries speak Vietnamese, and the compiled words are those that can be read."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.utils import translation

from tests.web import words

_SLOTS = re.compile(r"\{\w*\}|%\(\w+\)s")
_UNREACHED = {  # what is said only where people open accounts, addresses or telephones for themselves
    "add_email_blocked", "cannot_remove_primary_email", "duplicate_email", "email_password_mismatch", "email_taken",
    "max_email_addresses", "no_verified_email", "phone_password_mismatch", "phone_taken", "select_only_one",
    "unknown_email", "unknown_phone", "unverified_primary_email", "username_blacklisted",
}  # fmt: skip


def test_every_word_of_the_screens_has_english() -> None:
    assert words.lacking() == {}, "add them to locale/en, then: python -m tests.web.words"


def test_no_english_is_kept_for_words_that_are_gone() -> None:
    assert set(words.read(words.catalogue("en"))) - set(words.collected()) - {""} == set()


def test_slots_are_the_same_in_both_languages() -> None:
    for word, said in words.read(words.catalogue("en")).items():
        assert sorted(_SLOTS.findall(word)) == sorted(_SLOTS.findall(said)), word


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_compiled_words_are_the_written_ones(language: str, tmp_path: Path) -> None:
    path = words.catalogue(language)
    assert path.with_suffix(".mo").read_bytes() == words.compiled(words.read(path)), "python -m tests.web.words"


def test_gettext_reads_what_is_compiled(tmp_path: Path) -> None:
    path = tmp_path / "some.mo"
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
    path.write_bytes(words.compiled({"": header, "Đồng": "Field", "%d year\0%d years": "%d năm", "trống": ""}))
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)
    assert known.gettext("Đồng") == "Field"
    assert known.ngettext("%d year", "%d years", 3) == "%d năm"
    assert known.gettext("trống") == "trống", "what is not translated is said as it is"


def test_what_the_login_library_says_is_vietnamese() -> None:
    with translation.override("vi"):
        for adapter in (DefaultAccountAdapter, DefaultMFAAdapter, DefaultSocialAccountAdapter):
            for name, said in adapter.error_messages.items():
                if name not in _UNREACHED:
                    assert re.search(r"[ạảãàáâậầấẩẫăằắặẳẵđêềếểễệôồốổỗộơớờởỡợưừứửữựìíỉĩị]", str(said)), f"{name}: {said}"
    with translation.override("en"):
        assert str(DefaultMFAAdapter.error_messages["incorrect_code"]) == "Incorrect code."
