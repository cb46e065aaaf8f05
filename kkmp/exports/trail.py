"""The administration's trail as a file; taking it out is on record itself."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kkmp.access import trail
from kkmp.access.administration import trail_page
from kkmp.access.services import audit
from kkmp.access.trail import DescribedEvent
from kkmp.access.web import SignedInRequest
from kkmp.exports import words, workbook
from kkmp.exports.lists import Column, Content, Sheet
from kkmp.exports.workbook import CONTENT_TYPE, Heading
from kkmp.lib.clock import business_today

#: More than this is read by nobody; the days can be chosen closer.
MOST_ROWS = 5_000


def view(request: SignedInRequest, site: AdminSite) -> HttpResponse:
    """The file of what the page's address asks for."""
    back = f"{reverse('admin:trail')}?{request.GET.urlencode()}"
    chosen = trail_page.TrailFilter(request.GET, site, today=business_today())
    if request.method != "POST" or not chosen.is_valid():
        return HttpResponseRedirect(back)
    try:
        events = trail_page.latest_events(chosen, MOST_ROWS)
    except trail_page.TooWide:
        messages.error(request, _("Choose a kecamatan: these are too many at once."))
        return HttpResponseRedirect(back)
    conditions = words.conditions(chosen)
    sheet = Sheet(_("Audit trail"), _columns(), events)
    heading = Heading(_("All cooperatives"), timezone.now(), str(request.user))
    data, rows = workbook.write(Content([sheet], conditions), heading)
    audit.record_system(
        action="trail.export", by=request.user, rows=rows, filter=words.logged(conditions)
    )
    name = f"{_('Audit trail')} - {business_today():%Y-%m-%d}.xlsx"
    disposition = content_disposition_header(True, name) or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=CONTENT_TYPE, headers=headers)


def _columns() -> list[Column]:
    def event_of(row: object) -> DescribedEvent:
        return cast(DescribedEvent, row)

    return [
        Column(_("time"), lambda row: trail.moment(event_of(row).event.at), width=24),
        Column(_("cooperative"), lambda row: event_of(row).place, width=36),
        Column(_("who"), lambda row: trail.person(event_of(row).event.actor), width=28),
        Column(_("what happened"), lambda row: event_of(row).text, width=90),
    ]
