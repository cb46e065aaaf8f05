"""Addresses of the pages of :mod:`members.savings`."""

from django.urls import path

from members.savings.views import kinds, receipts, savings

urlpatterns = [
    path("<uuid:member_id>/setor/", savings.deposit, name="deposit"),
    path("<uuid:member_id>/tarik/", savings.withdraw, name="withdraw"),
    path("kuitansi/<uuid:entry_id>/", receipts.receipt, name="receipt"),
    path("kuitansi/<uuid:entry_id>/koreksi/", savings.correct, name="correct"),
    path("kuitansi/<uuid:entry_id>/cetak/", receipts.issue, name="receipt_issue"),
    path("cetakan/<uuid:print_id>/", receipts.printed, name="receipt_printed"),
    path("cetakan/<uuid:print_id>.pdf", receipts.pdf, name="receipt_pdf"),
    path("kuitansi/jurnal/<uuid:journal_id>/", receipts.posted, name="posted"),
    path("jenis-simpanan/", kinds.kinds, name="kinds"),
    path("jenis-simpanan/baru/", kinds.define, name="define_kind"),
    path("jenis-simpanan/<uuid:kind_id>/", kinds.change, name="change_kind"),
    path("jasa/", kinds.months, name="returns"),
    path("jasa/<year:year>-<month:month>/", kinds.credit, name="credit_return"),
    path("jasa/<uuid:run_id>/", kinds.run, name="return_run"),
]
