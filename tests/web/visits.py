"""Every page of the platform, with where it is in an office at work; and each address that is no page, with why."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

EVERYBODY: Final = ("tuan", "son", "ngoc", "lan", "minh", "hoa", "van", "quan", None)  # None: has not signed in
OWN: Final = ("yen", "quan", None)  # the pages of one's account: with a second step, key and codes of recovery, without

_WHERE: Final = "?unit=MH&year=2026"
PAGES: Final = MappingProxyType(
    {
        "entries": "/forms/",
        "entry": "/forms/{entry}/",
        "entry_history": "/forms/{entry}/history",
        "entry_version": "/forms/{entry}/versions/1",
        "entry_cell": "/forms/{entry}/cells/{cell}",
        "below_entry": "/forms/{entry}/below",
        "print_entry": "/forms/{entry}/print",
        "entry_workbook": "/forms/{other}/workbook",
        "entry_differences": "/forms/{other}/workbook/differences",
        "rounds": "/rounds/",
        "forms": "/rounds/forms/",
        "form": "/rounds/forms/{form}/",
        "print_form": "/rounds/forms/{form}/print",
        "round": "/rounds/{round}/",
        "round_days": "/rounds/{round}/days",
        "round_total": "/rounds/{round}/total",
        "print_total": "/rounds/{round}/total/print",
        "round_cell": "/rounds/{round}/cells/lua_dien_tich:actual",
        "year_record": "/rounds/record/2026",
        "dashboard": "/dashboard/",
        "pivot": "/figures/pivot/?indicator=lua_dien_tich&indicator=ho_ngheo&of={here}&of={there}&months=12",
        "indicator": "/figures/lua_dien_tich/",
        "plan": f"/plans/{_WHERE}",
        "plan_decision": f"/plans/decision{_WHERE}",
        "plan_annexes": f"/plans/annex{_WHERE}",
        "plan_annex": "/plans/annex/{annex}",
        "plan_drafts": "/plans/drafts?unit=MH&year=2027",
        "plan_draft": "/plans/drafts/{plan_draft}",
        "plan_compare": f"/plans/compare{_WHERE}",
        "plan_allocation": f"/plans/allocation{_WHERE}",
        "plan_allot": f"/plans/allocation/lua_dien_tich{_WHERE}",
        "plan_history": f"/plans/history/lua_dien_tich{_WHERE}",
        "tasks": "/tasks/",
        "task_board": "/tasks/board",
        "task_take": "/tasks/take",
        "task_new": "/tasks/new",
        "task": "/tasks/{task}/",
        "task_amend": "/tasks/{task}/amend",
        "documents": "/documents/",
        "document": "/documents/{report}/",
        "document_number": "/documents/{report}/numbers/3",
        "document_part": "/documents/{report}/parts/mo_dau",
        "document_returned": "/documents/{report}/returned/",
        "document_came_back": "/documents/{report}/returned/{came_back}/",
        "document_last_year": "/documents/{report}/last-year",
        "document_issue": "/documents/{report}/issue",
        "edition": "/documents/editions/{edition}/",
        "edition_number": "/documents/editions/{edition}/numbers/3",
        "proofs": "/documents/proofs/",
        "proof": "/documents/proofs/{proof}/",
        "job": "/documents/jobs/{job}/",
        "published": "/published/",
        "opened": "/published/{edition}/",
        "opened_number": "/published/{edition}/numbers/3",
        "accounts": "/people/",
        "new_account": "/people/new/",
        "person": "/people/{account}/",
        "record": "/record/",
        "tokens": "/access/",
        "office_tokens": "/access/office/",
        "account_tokens": "/access/accounts/{account}/",
        "account_login": "/account/login/",
        "account_inactive": "/account/inactive/",
        "account_reauthenticate": "/account/reauthenticate/",
        "account_change_password": "/account/password/change/",
        "account_reset_password": "/account/password/reset/",
        "account_reset_password_done": "/account/password/reset/done/",
        "account_reset_password_from_key": "/account/password/reset/key/x-y-z/",
        "account_reset_password_from_key_done": "/account/password/reset/key/done/",
        "account_logout": "/account/logout/",
        "socialaccount_connections": "/account/identities/",
        "socialaccount_login_cancelled": "/account/identities/cancelled/",
        "socialaccount_login_error": "/account/identities/error/",
        "mfa_index": "/account/2fa/",
        "mfa_activate_totp": "/account/2fa/totp/activate/",
        "mfa_deactivate_totp": "/account/2fa/totp/deactivate/",
        "mfa_view_recovery_codes": "/account/2fa/recovery-codes/",
        "mfa_generate_recovery_codes": "/account/2fa/recovery-codes/generate/",
        "mfa_list_webauthn": "/account/2fa/webauthn/",
        "mfa_add_webauthn": "/account/2fa/webauthn/add/",
        "mfa_remove_webauthn": "/account/2fa/webauthn/keys/{key}/remove/",
        "mfa_edit_webauthn": "/account/2fa/webauthn/keys/{key}/edit/",
        "mfa_reauthenticate": "/account/2fa/reauthenticate/",
        "mfa_reauthenticate_webauthn": "/account/2fa/webauthn/reauthenticate/",
    }
)
MORE: Final = {  # what else these pages can show
    "another's form, as it stands": "/forms/{other}/",
    "a form of a village": "/rounds/{below}/",
    "a form that waits to be opened below": "/forms/{other}/below",
    "a sector": "/dashboard/?sector=nong_nghiep",
    "a commune's overview": "/dashboard/?unit={here}",
    "an empty table": "/figures/pivot/",
    "no task found": "/tasks/?q=khongco",
    "a task told of every month": "/tasks/{periodic}/",
    "not to be read": "/dashboard/?period=h%C3%B4m+n%E1%BB%8D",
    "not there": "/figures/khong_co/",
    "not allowed": "/people/",
}
_POST = "takes what a page sends, and leads to a page"
_PART = "a piece of a page that stands there already"
_FILE = "a file"
_PROGRAM = "read by programs"
NO_PAGE: Final = MappingProxyType(
    dict.fromkeys(
        (
            "set_language sign_out_everywhere amend_account close_account reopen_account reset_account tie_identity "
            "give_grant take_grant approve_entries save_entry submit_entry approve_entry return_entry correct_entry "
            "extend_entry plan_annex_take plan_draft_rules plan_draft_assign plan_draft_named plan_draft_delete "
            "task_drop task_tell task_settle "
            "document_draft_again document_settle document_verdict document_hold document_release document_take "
            "document_pdf edition_publish edition_withdraw edition_pdf proof_again proof_verdict proof_figures "
            "proof_annotate revoke_token"
        ).split(),
        _POST,
    )
    | dict.fromkeys(
        "news_entry remarks_entry plan_indicators document_progress document_came_back_progress proof_progress "
        "document_last_year_progress job_progress".split(),
        _PART,
    )
    | dict.fromkeys(
        "entry_workbook_file round_total_file chasing_letter chasing_letter_of_all plan_annex_file task_file "
        "task_evidence document_word document_annexes edition_file job_file opened_file mfa_download_recovery_codes "
        "form_rules".split(),
        _FILE,
    )
    | dict.fromkeys("alive ready api_description".split(), _PROGRAM)
    | {
        "home": "leads to another page",
        "account_set_password": "leads to the page where one changes it: every account has one",
        "openid_connect_login": "leads to the provider",
        "openid_connect_callback": "is come to from the provider, and leads to a page",
        "mfa_authenticate": "stands between two steps: test_accounts_browser goes that way",
        "proof_text": "the printed text of the proof-reader, shut off from ours; it is looked at as a file",
        "api_reference": "the reading page of the library that describes calls, in its own words and colours",
    }
)


def named() -> set[str]:
    """The name of every address but those of calls, which answer programs."""
    return set(_names(get_resolver()))


def _names(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield str(one.name)
        elif one.namespace != "api":
            yield from _names(one)
