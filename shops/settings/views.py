"""How the tills work."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.settings import qris
from shops.settings.forms import TillForm
from shops.settings.queries import settings_of
from shops.settings.services import till_settings as service


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TILL_WRITE)
def settings(request: CoopRequest) -> HttpResponse:
    here = request.cooperative
    kept = service.held(here) if request.method == "POST" else settings_of(here)
    form = TillForm(request.POST or None, settings=kept)
    if form.is_valid() and not form.is_stale(kept, form.before):
        try:
            service.change(
                cooperative=request.cooperative,
                choices=form.choices(),
                version=kept.version,
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. The tills follow from the next sale on."))
            return redirect("shops:till_settings", request.cooperative.code)
    context = {
        "form": form,
        "merchant": qris.read(kept.qris_payload) if kept.qris_payload else None,
        "page_tabs": tabs.shown(request, "goods"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "shops/settings/till_settings.html", context, status=status)
