from django.urls import path

from members.bodies import api as bodies_api
from members.dues import api as dues_api
from members.figures import api as figures_api
from members.joining import api as joining_api
from members.leaving import api as leaving_api
from members.papers import api as papers_api
from members.register import api
from members.registers import api as registers_api
from members.saved_views import api as saved_views_api
from members.savings.api import entries, kinds

urlpatterns = [
    path("members/", api.Members.as_view(), name="api-members"),
    path("members/figures/", figures_api.Figures.as_view(), name="api-members-figures"),
    path("members/views/", saved_views_api.Views.as_view(), name="api-members-views"),
    path(
        "members/views/<uuid:view_id>/",
        saved_views_api.ViewDetail.as_view(),
        name="api-members-view",
    ),
    path("members/<uuid:member_id>/", api.MemberDetail.as_view(), name="api-member"),
    path(
        "members/<uuid:member_id>/savings/",
        entries.MemberSavings.as_view(),
        name="api-member-savings",
    ),
    path(
        "members/<uuid:member_id>/balances/",
        entries.MemberHoldings.as_view(),
        name="api-member-balances",
    ),
    path("savings/", entries.Savings.as_view(), name="api-savings"),
    path("savings/kinds/", kinds.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/kinds/<uuid:kind_id>/", kinds.Kind.as_view(), name="api-savings-kind"),
    path("savings/returns/", kinds.Returns.as_view(), name="api-savings-returns"),
    path(
        "savings/returns/<int:year>-<int:month>/",
        kinds.ReturnOfMonth.as_view(),
        name="api-savings-return-month",
    ),
    path(
        "savings/returns/<uuid:run_id>/lines/",
        kinds.ReturnLines.as_view(),
        name="api-savings-return-lines",
    ),
    path("members/<uuid:member_id>/card/", papers_api.Card.as_view(), name="api-card"),
    path("members/<uuid:member_id>/card.pdf", papers_api.CardPdf.as_view(), name="api-card-pdf"),
    path(
        "members/<uuid:member_id>/card.png", papers_api.CardImage.as_view(), name="api-card-image"
    ),
    path("members/<uuid:member_id>/passbook/", papers_api.Passbook.as_view(), name="api-passbook"),
    path("members/<uuid:member_id>/links/", papers_api.Links.as_view(), name="api-links"),
    path(
        "member-links/<uuid:link_id>/revoke/",
        papers_api.LinkRevocation.as_view(),
        name="api-link-revoke",
    ),
    path("members/<uuid:member_id>/dues/", dues_api.MemberDues.as_view(), name="api-member-dues"),
    path("dues/", dues_api.Dues.as_view(), name="api-dues"),
    path("dues/arrears/", dues_api.ArrearsList.as_view(), name="api-arrears"),
    path("dues/contacts/", dues_api.ArrearsContacts.as_view(), name="api-arrears-contacts"),
    path("savings/collections/", dues_api.Collections.as_view(), name="api-collections"),
    path(
        "savings/collections/<uuid:collection_id>/entries/",
        dues_api.CollectionEntries.as_view(),
        name="api-collection-entries",
    ),
    path("savings/deposits/", entries.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", entries.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", entries.Corrections.as_view(), name="api-savings-corrections"),
    path("members/funnel/", joining_api.Funnel.as_view(), name="api-members-funnel"),
    path(
        "members/<uuid:member_id>/contacts/",
        joining_api.Contacts.as_view(),
        name="api-member-contacts",
    ),
    path(
        "members/<uuid:member_id>/consents/",
        joining_api.Consents.as_view(),
        name="api-member-consents",
    ),
    path("applications/", joining_api.Applications.as_view(), name="api-applications"),
    path(
        "applications/<uuid:application_id>/",
        joining_api.ApplicationDetail.as_view(),
        name="api-application",
    ),
    path(
        "applications/<uuid:application_id>/accept/",
        joining_api.Accept.as_view(),
        name="api-application-accept",
    ),
    path(
        "applications/<uuid:application_id>/decline/",
        joining_api.Decline.as_view(),
        name="api-application-decline",
    ),
    path("exits/", leaving_api.Exits.as_view(), name="api-exits"),
    path("exits/<uuid:exit_id>/", leaving_api.ExitDetail.as_view(), name="api-exit"),
    path(
        "exits/<uuid:exit_id>/withdrawal/",
        leaving_api.ExitWithdrawal.as_view(),
        name="api-exit-withdraw",
    ),
    path("exits/<uuid:exit_id>/heir/", leaving_api.ExitHeir.as_view(), name="api-exit-heir"),
    path(
        "exits/<uuid:exit_id>/decision/", leaving_api.ExitDecision.as_view(), name="api-exit-decide"
    ),
    path("exits/<uuid:exit_id>/payment/", leaving_api.ExitPayment.as_view(), name="api-exit-pay"),
    path(
        "exits/<uuid:exit_id>/payment/correction/",
        leaving_api.ExitPaymentCorrection.as_view(),
        name="api-exit-unpay",
    ),
    path(
        "members/<uuid:member_id>/readmission/",
        leaving_api.Readmission.as_view(),
        name="api-member-readmit",
    ),
    path("officers/", bodies_api.Officers.as_view(), name="api-officers"),
    path("officers/warnings/", bodies_api.OfficerWarnings.as_view(), name="api-officers-warnings"),
    path("officers/<uuid:officer_id>/", bodies_api.OfficerDetail.as_view(), name="api-officer"),
    path(
        "officers/<uuid:officer_id>/end/", bodies_api.OfficerEnd.as_view(), name="api-officer-end"
    ),
    path(
        "officers/<uuid:officer_id>/terms/",
        bodies_api.OfficerTerm.as_view(),
        name="api-officer-term",
    ),
    path("registers/members/", registers_api.MemberRegister.as_view(), name="api-register-members"),
    path(
        "registers/savings/", registers_api.SavingsRegister.as_view(), name="api-register-savings"
    ),
]
