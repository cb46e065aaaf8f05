from django.urls import path

from members.bodies import views as bodies_views
from members.dues.views import collections, dues
from members.figures import views as figures_views
from members.joining.views import applications, funnel
from members.leaving.views import exits, papers
from members.papers.views import cards, links, passbooks
from members.people import views as people_views
from members.register import views
from members.registers import views as registers_views
from members.saved_views import views as saved_views_views
from members.savings.views import kinds, receipts, savings

app_name = "members"
urlpatterns = [
    path("", people_views.members, name="list"),
    path("daftar/", views.add, name="register"),
    path("angka/", figures_views.figures, name="figures"),
    path("tampilan/", saved_views_views.views, name="views"),
    path("tampilan/simpan/", saved_views_views.add, name="view_add"),
    path("tampilan/<uuid:view_id>/ubah/", saved_views_views.edit, name="view_edit"),
    path("tampilan/<uuid:view_id>/hapus/", saved_views_views.delete, name="view_delete"),
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
    path("<uuid:member_id>/", people_views.detail, name="detail"),
    path("<uuid:member_id>/ubah/", views.edit, name="edit"),
    path("<uuid:member_id>/langkah/", views.move, name="move"),
    path("<uuid:member_id>/terima/", people_views.admit, name="admit"),
    path("<uuid:member_id>/kontak/", funnel.contact, name="contact"),
    path("<uuid:member_id>/persetujuan/", funnel.consent, name="consent"),
    path("<uuid:member_id>/nik/", views.reveal_nik, name="reveal_nik"),
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
    path("jenis-simpanan/", kinds.kinds, name="kinds"),
    path("jenis-simpanan/baru/", kinds.define, name="define_kind"),
    path("jenis-simpanan/<uuid:kind_id>/", kinds.change, name="change_kind"),
    path("jasa/", kinds.months, name="returns"),
    path("jasa/<int:year>-<int:month>/", kinds.credit, name="credit_return"),
    path("jasa/<uuid:run_id>/", kinds.run, name="return_run"),
    path("kartu/", cards.choose, name="cards"),
    path("kartu/lembar.pdf", cards.sheets, name="card_sheets"),
    path("<uuid:member_id>/kartu.pdf", cards.pdf, name="card_pdf"),
    path("<uuid:member_id>/kartu.png", cards.image, name="card_image"),
    path("<uuid:member_id>/buku/", passbooks.passbook, name="passbook"),
    path("<uuid:member_id>/buku.pdf", passbooks.pdf, name="passbook_pdf"),
    path("<uuid:member_id>/tautan/", links.issue, name="link_issue"),
    path("tautan/<uuid:link_id>/", links.link, name="link"),
    path("tautan/<uuid:link_id>/cabut/", links.revoke, name="link_revoke"),
    path("keluar/", exits.listed, name="exits"),
    path("<uuid:member_id>/keluar/", exits.ask, name="exit_ask"),
    path("<uuid:member_id>/terima-kembali/", exits.readmit, name="readmit"),
    path("keluar/<uuid:exit_id>/", exits.detail, name="exit"),
    path("keluar/<uuid:exit_id>/cabut/", exits.take_back, name="exit_take_back"),
    path("keluar/<uuid:exit_id>/ahli-waris/", exits.heir, name="exit_heir"),
    path("keluar/<uuid:exit_id>/putusan/", exits.decide, name="exit_decide"),
    path("keluar/<uuid:exit_id>/bayar/", exits.pay, name="exit_pay"),
    path("keluar/<uuid:exit_id>/batal-bayar/", exits.unpay, name="exit_unpay"),
    path("keluar/<uuid:exit_id>/kuitansi/", papers.receipt, name="exit_receipt"),
    path("keluar/<uuid:exit_id>/surat.pdf", papers.certificate, name="exit_certificate"),
    path("pengurus/", bodies_views.listed, name="officers"),
    path("pengurus/tambah/", bodies_views.add, name="officer_add"),
    path("pengurus/<uuid:officer_id>/ubah/", bodies_views.edit, name="officer_edit"),
    path("pengurus/<uuid:officer_id>/lanjut/", bodies_views.renew, name="officer_renew"),
    path("pengurus/<uuid:officer_id>/berhenti/", bodies_views.end, name="officer_end"),
    path("buku/", registers_views.index, name="registers"),
    path("buku/daftar-anggota.pdf", registers_views.members, name="register_members"),
    path("buku/daftar-anggota-nik/", registers_views.whole_members, name="register_members_whole"),
    path("buku/simpanan-anggota.pdf", registers_views.savings, name="register_savings"),
    path("buku/daftar-pengurus.pdf", registers_views.board, name="register_board"),
    path("buku/daftar-pengawas.pdf", registers_views.supervisors, name="register_supervisors"),
]
