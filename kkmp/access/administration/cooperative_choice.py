"""Which cooperative an administrator is looking into.

Books, members and goods belong to one cooperative each, and one transaction shows the rows of
one. The administrator therefore chooses first; the choice is kept in the session.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from kkmp.lib.existing import of_kind
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

_Read = TypeVar("_Read")
_SESSION_KEY = "administration_cooperative"
#: Where it is kept for the rest of the request.
_KEPT_AS = "chosen_cooperative"


def chosen(request: HttpRequest) -> Cooperative | None:
    """The chosen cooperative; looked up once a request."""
    known = request.__dict__
    if _KEPT_AS not in known:
        code = request.session.get(_SESSION_KEY)
        known[_KEPT_AS] = _by_code(code) if code else None
    found: Cooperative | None = known[_KEPT_AS]
    return found


def _by_code(code: str) -> Cooperative | None:
    rows = Cooperative.objects.select_related("kelurahan__kecamatan")
    return rows.filter(code=code).first()


def choose(request: HttpRequest, cooperative: Cooperative) -> None:
    request.session[_SESSION_KEY] = cooperative.code
    request.__dict__[_KEPT_AS] = cooperative


def address(request: HttpRequest) -> str:
    """The address at which one chooses a cooperative, and then returns to this page."""
    return f"{reverse('admin:choose_cooperative')}?next={request.get_full_path()}"


def switch_address(cooperative_id: UUID, page: str) -> str:
    """The address that chooses a cooperative and then opens a page of it."""
    way = reverse("admin:registry_cooperative_look_into", args=(cooperative_id,))
    return f"{way}?{urlencode({'next': page})}"


def read_within(cooperative_id: UUID | None, read: Callable[[], _Read]) -> _Read:
    """Read in a cooperative's scope, where one is named."""
    if cooperative_id is None:
        return read()
    with scope.cooperative(cooperative_id):
        return read()


def name_with_kecamatan(cooperative: Cooperative) -> str:
    """A cooperative's name with its kecamatan: names of kelurahan repeat within a city."""
    return f"{cooperative.name} ({cooperative.kelurahan.kecamatan.name})"


def label_rows_by(field: forms.Field, label: Callable[[Any], str]) -> None:
    """Call the rows of a chooser so that two of one name are told apart."""
    # The attribute is a method; a chooser of its own for each model would say no more.
    vars(field)["label_from_instance"] = label


class Choice(forms.Form):
    cooperative = forms.ModelChoiceField(
        label=_("Cooperative"),
        queryset=Cooperative.objects.none(),
        to_field_name="code",
        widget=UnfoldAdminSelectWidget(),
        help_text=_("Type the first letters of its name to jump to it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperatives = Cooperative.objects.select_related("kelurahan__kecamatan").order_by(
            "kelurahan__kecamatan__name", "kelurahan__name", "code"
        )
        field = of_kind(forms.ModelChoiceField, self.fields["cooperative"])
        field.queryset = cooperatives
        field.widget.choices = [("", _("Choose a cooperative"))] + [
            (kecamatan, [(c.code, f"{c.kelurahan.name} ({kecamatan})") for c in within])
            for kecamatan, within in groupby(cooperatives, key=lambda c: c.kelurahan.kecamatan.name)
        ]


def view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a cooperative and go back to where one was."""
    form = Choice(
        request.POST or None, initial={"cooperative": getattr(chosen(request), "code", "")}
    )
    if request.method == "POST" and form.is_valid():
        choose(request, form.cleaned_data["cooperative"])
        return HttpResponseRedirect(next_page(request))
    context = site.each_context(request) | {
        "title": _("Choose a cooperative"),
        "form": form,
        "next": next_page(request),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/choose_cooperative.html", context, status=status)


def next_page(request: HttpRequest, otherwise: str = "") -> str:
    """The page that one wanted, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return otherwise or reverse("admin:index")
