"""Where the pages of reports are."""

from django.urls import path

from baocao_web.documents import compare_views, edition_views, job_views, part_views, proof_views, views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/progress", views.progress, name="document_progress"),
    path("<int:pk>/draft", views.draft_again, name="document_draft_again"),
    path("<int:pk>/settle", views.settle, name="document_settle"),
    path("<int:pk>/verdict", views.verdict, name="document_verdict"),
    path("<int:pk>/numbers/<int:n>", views.number, name="document_number"),
    path("<int:pk>/report.docx", views.word, name="document_word"),
    path("<int:pk>/annexes.xlsx", views.annexes, name="document_annexes"),
    path("<int:pk>/parts/<str:key>", part_views.part, name="document_part"),
    path("<int:pk>/parts/<str:key>/hold", part_views.hold, name="document_hold"),
    path("<int:pk>/parts/<str:key>/release", part_views.release, name="document_release"),
    path("<int:pk>/returned/", compare_views.returned, name="document_returned"),
    path("<int:pk>/returned/<int:job>/", compare_views.came_back, name="document_came_back"),
    path("<int:pk>/returned/<int:job>/progress", compare_views.came_back_progress, name="document_came_back_progress"),
    path("<int:pk>/returned/<int:job>/take", compare_views.take, name="document_take"),
    path("<int:pk>/last-year", compare_views.last_year, name="document_last_year"),
    path("<int:pk>/last-year/progress", compare_views.last_year_progress, name="document_last_year_progress"),
    path("<int:pk>/pdf", job_views.report_pdf, name="document_pdf"),
    path("<int:pk>/issue", edition_views.issue, name="document_issue"),
    path("editions/<int:pk>/", edition_views.edition, name="edition"),
    path("editions/<int:pk>/publish", edition_views.publish, name="edition_publish"),
    path("editions/<int:pk>/withdraw", edition_views.withdraw, name="edition_withdraw"),
    path("editions/<int:pk>/pdf", job_views.edition_pdf, name="edition_pdf"),
    path("editions/<int:pk>/numbers/<int:n>", edition_views.edition_number, name="edition_number"),
    path("editions/<int:pk>/<str:name>", edition_views.edition_file, name="edition_file"),
    path("proofs/", proof_views.proofs, name="proofs"),
    path("proofs/<int:pk>/", proof_views.proof, name="proof"),
    path("proofs/<int:pk>/progress", proof_views.proof_progress, name="proof_progress"),
    path("proofs/<int:pk>/again", proof_views.proof_again, name="proof_again"),
    path("proofs/<int:pk>/verdict", proof_views.proof_verdict, name="proof_verdict"),
    path("proofs/<int:pk>/text", proof_views.proof_text, name="proof_text"),
    path("proofs/<int:pk>/figures", proof_views.proof_figures, name="proof_figures"),
    path("proofs/<int:pk>/annotate", job_views.annotate, name="proof_annotate"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/progress", job_views.job_progress, name="job_progress"),
    path("jobs/<int:pk>/file", job_views.job_file, name="job_file"),
]

published_patterns = [
    path("", edition_views.published, name="published"),
    path("<int:pk>/", edition_views.opened, name="opened"),
    path("<int:pk>/numbers/<int:n>", edition_views.opened_number, name="opened_number"),
    path("<int:pk>/<str:name>", edition_views.opened_file, name="opened_file"),
]
