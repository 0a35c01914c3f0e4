"""Where the pages of forms are."""

from django.urls import path, register_converter

from baocao_web.collecting import act_views, decision_views, remark_views, version_views, views
from baocao_web.collecting.asked import Key
from baocao_web.collecting.paper import views as printing_views
from baocao_web.collecting.rounds import day_views
from baocao_web.collecting.rounds import views as round_views
from baocao_web.collecting.totals import below_views
from baocao_web.collecting.totals import views as total_views
from baocao_web.collecting.workbooks import total_views as workbook_total_views
from baocao_web.collecting.workbooks import views as workbook_views

register_converter(Key, "key")

urlpatterns = [
    path("", views.entries, name="entries"),
    path("approve", decision_views.approve_many, name="approve_entries"),
    path("<key:entry>/", views.entry, name="entry"),
    path("rules/<key:form>", views.rules, name="form_rules"),
    path("<key:entry>/save", act_views.save, name="save_entry"),
    path("<key:entry>/submit", act_views.submit, name="submit_entry"),
    path("<key:entry>/approve", act_views.approve, name="approve_entry"),
    path("<key:entry>/return", act_views.send_back, name="return_entry"),
    path("<key:entry>/correct", act_views.open_again, name="correct_entry"),
    path("<key:entry>/news", remark_views.news, name="news_entry"),
    path("<key:entry>/remarks", remark_views.remarks, name="remarks_entry"),
    path("<key:entry>/extend", day_views.extend, name="extend_entry"),
    path("<key:entry>/below", below_views.below, name="below_entry"),
    path("<key:entry>/print", printing_views.printed, name="print_entry"),
    path("<key:entry>/workbook", workbook_views.workbook, name="entry_workbook"),
    path("<key:entry>/workbook/file", workbook_views.workbook_file, name="entry_workbook_file"),
    path("<key:entry>/workbook/differences", workbook_views.differences, name="entry_differences"),
    path("<key:entry>/versions/<key:version>", version_views.entry_version, name="entry_version"),
    path("<key:entry>/history", total_views.entry_history, name="entry_history"),
    path("<key:entry>/cells/<path:cell>", total_views.cell, name="entry_cell"),
]

round_patterns = [
    path("", round_views.rounds, name="rounds"),
    path("forms/", round_views.forms, name="forms"),
    path("forms/<key:form>/", round_views.form, name="form"),
    path("forms/<key:form>/print", printing_views.blank, name="print_form"),
    path("<key:round_id>/", round_views.board, name="round"),
    path("<key:round_id>/days", day_views.days, name="round_days"),
    path("<key:round_id>/total", total_views.total, name="round_total"),
    path("<key:round_id>/total/print", printing_views.total, name="print_total"),
    path("<key:round_id>/total/<slug:kind>", workbook_total_views.total_file, name="round_total_file"),
    path("<key:round_id>/cells/<path:cell>", total_views.parts, name="round_cell"),
]
