from django.urls import path

from members.views import figures, kinds, receipts, register, saved, savings

app_name = "members"
urlpatterns = [
    path("", register.members, name="list"),
    path("daftar/", register.add, name="register"),
    path("angka/", figures.figures, name="figures"),
    path("tampilan/", saved.views, name="views"),
    path("tampilan/simpan/", saved.add, name="view_add"),
    path("tampilan/<uuid:view_id>/ubah/", saved.edit, name="view_edit"),
    path("tampilan/<uuid:view_id>/hapus/", saved.delete, name="view_delete"),
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
    path("jenis-simpanan/", kinds.kinds, name="kinds"),
    path("jenis-simpanan/baru/", kinds.define, name="define_kind"),
    path("jenis-simpanan/<uuid:kind_id>/", kinds.change, name="change_kind"),
    path("jasa/", kinds.months, name="returns"),
    path("jasa/<int:year>-<int:month>/", kinds.credit, name="credit_return"),
    path("jasa/<uuid:run_id>/", kinds.run, name="return_run"),
]
