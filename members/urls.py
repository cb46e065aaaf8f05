from django.urls import path

from members.views import collections, dues, receipts, register, savings

app_name = "members"
urlpatterns = [
    path("", register.members, name="list"),
    path("daftar/", register.add, name="register"),
    path("<uuid:member_id>/", register.detail, name="detail"),
    path("<uuid:member_id>/ubah/", register.edit, name="edit"),
    path("<uuid:member_id>/langkah/", register.move, name="move"),
    path("<uuid:member_id>/terima/", register.admit, name="admit"),
    path("<uuid:member_id>/nik/", register.reveal_nik, name="reveal_nik"),
    path("<uuid:member_id>/setor/", savings.deposit, name="deposit"),
    path("<uuid:member_id>/tarik/", savings.withdraw, name="withdraw"),
    path("simpanan-wajib/", dues.dues, name="dues"),
    path("tunggakan/", dues.arrears, name="arrears"),
    path("tunggakan/<uuid:member_id>/", dues.contacted, name="contacted"),
    path("setoran-bersama/", collections.collect, name="collect"),
    path("setoran-bersama/orang/", collections.people, name="collect_people"),
    path("setoran-bersama/riwayat/", collections.collected, name="collected"),
    path("setoran-bersama/<uuid:collection_id>/", collections.collection, name="collection"),
    path("kuitansi/<uuid:entry_id>/", receipts.receipt, name="receipt"),
    path("kuitansi/<uuid:entry_id>/koreksi/", savings.correct, name="correct"),
    path("kuitansi/<uuid:entry_id>/cetak/", receipts.issue, name="receipt_issue"),
    path("cetakan/<uuid:print_id>/", receipts.printed, name="receipt_printed"),
    path("cetakan/<uuid:print_id>.pdf", receipts.pdf, name="receipt_pdf"),
]
