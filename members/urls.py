from django.urls import path

from members.views import applications, funnel, receipts, register, savings

app_name = "members"
urlpatterns = [
    path("", register.members, name="list"),
    path("daftar/", register.add, name="register"),
    path("pendaftaran/", applications.waiting, name="applications"),
    path("pendaftaran/poster.pdf", applications.printed, name="poster"),
    path("pendaftaran/<uuid:application_id>/", applications.verify, name="application"),
    path(
        "pendaftaran/<uuid:application_id>/tolak/",
        applications.decline,
        name="application_decline",
    ),
    path(
        "pendaftaran/<uuid:application_id>/nik/",
        applications.reveal_nik,
        name="application_nik",
    ),
    path("calon/", funnel.funnel, name="funnel"),
    path("<uuid:member_id>/", register.detail, name="detail"),
    path("<uuid:member_id>/ubah/", register.edit, name="edit"),
    path("<uuid:member_id>/langkah/", register.move, name="move"),
    path("<uuid:member_id>/terima/", register.admit, name="admit"),
    path("<uuid:member_id>/kontak/", funnel.contact, name="contact"),
    path("<uuid:member_id>/persetujuan/", funnel.consent, name="consent"),
    path("<uuid:member_id>/nik/", register.reveal_nik, name="reveal_nik"),
    path("<uuid:member_id>/setor/", savings.deposit, name="deposit"),
    path("<uuid:member_id>/tarik/", savings.withdraw, name="withdraw"),
    path("kuitansi/<uuid:entry_id>/", receipts.receipt, name="receipt"),
    path("kuitansi/<uuid:entry_id>/koreksi/", savings.correct, name="correct"),
    path("kuitansi/<uuid:entry_id>/cetak/", receipts.issue, name="receipt_issue"),
    path("cetakan/<uuid:print_id>/", receipts.printed, name="receipt_printed"),
    path("cetakan/<uuid:print_id>.pdf", receipts.pdf, name="receipt_pdf"),
]
