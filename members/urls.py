from django.urls import path

from members.views import cards, links, passbooks, receipts, register, savings

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
    path("kuitansi/<uuid:entry_id>/", receipts.receipt, name="receipt"),
    path("kuitansi/<uuid:entry_id>/koreksi/", savings.correct, name="correct"),
    path("kuitansi/<uuid:entry_id>/cetak/", receipts.issue, name="receipt_issue"),
    path("cetakan/<uuid:print_id>/", receipts.printed, name="receipt_printed"),
    path("cetakan/<uuid:print_id>.pdf", receipts.pdf, name="receipt_pdf"),
    path("kartu/", cards.choose, name="cards"),
    path("kartu/lembar.pdf", cards.sheets, name="card_sheets"),
    path("<uuid:member_id>/kartu.pdf", cards.pdf, name="card_pdf"),
    path("<uuid:member_id>/kartu.png", cards.image, name="card_image"),
    path("<uuid:member_id>/buku/", passbooks.passbook, name="passbook"),
    path("<uuid:member_id>/buku.pdf", passbooks.pdf, name="passbook_pdf"),
    path("<uuid:member_id>/tautan/", links.issue, name="link_issue"),
    path("tautan/<uuid:link_id>/", links.link, name="link"),
    path("tautan/<uuid:link_id>/cabut/", links.revoke, name="link_revoke"),
]
