"""Users and the roles they hold."""

from datetime import datetime
from typing import Protocol

from django.contrib import admin, messages
from django.db import models
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action

from kkmp.access import trail
from kkmp.access.administration import forms, signing_in
from kkmp.access.administration.by_service import ByService
from kkmp.access.models import Device, RoleHolding, User
from kkmp.access.permissions import Role
from kkmp.access.services import accounts, roles
from kkmp.access.web import SignedInRequest
from kkmp.lib.administration import found


class _Shown(Protocol):
    """A user as the list brings them."""

    last_sign_in: datetime | None


@admin.register(User)
class Users(ByService):
    """Accounts are made here and never deleted: what somebody did keeps their name."""

    form = forms.ChangedUser
    add_form = forms.NewUser
    list_display = ("username", "name", "held", "is_active", "last_sign_in")
    list_filter = ("is_active", "holdings__role")
    search_fields = ("username", "name")
    search_help_text = _("User name or name")
    ordering = ("username",)
    fieldsets = (
        (
            None,
            {"fields": ("name", "username", "is_active", "held", "last_sign_in", "date_joined")},
        ),
        (_("Signing in"), {"fields": ("second_factor", "devices", "tokens", "refused")}),
    )
    add_fieldsets = ((None, {"fields": ("name", "username", "password1", "password2")}),)
    readonly_fields = (
        "is_active",
        "held",
        "last_sign_in",
        "date_joined",
        "second_factor",
        "devices",
        "tokens",
        "refused",
    )
    actions_detail = ("give_role", "set_password", "forget_second_factors", "block", "unblock")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        held = RoleHolding.objects.select_related("cooperative", "regency").order_by("role", "id")
        devices = Device.objects.filter(user=OuterRef("pk")).order_by("-created_at")
        every: QuerySet[User] = super().get_queryset(request)
        users = every.prefetch_related(Prefetch("holdings", held))
        return users.annotate(last_sign_in=Subquery(devices.values("created_at")[:1]))

    @override
    def choice_label(self, obj: models.Model) -> str:
        return trail.person(obj) if isinstance(obj, User) else str(obj)

    @override
    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[UnfoldAction]:
        """Whoever is blocked can be let in again, and the others blocked: one button of the two."""
        user: User | None = self.get_object(request, object_id)
        other = "unblock" if user and user.is_active else "block"
        every = super().get_actions_detail(request, object_id)
        return [each for each in every if each.method.__name__ != other]

    @admin.display(description=_("last signed in (open sessions)"), ordering="last_sign_in")
    def last_sign_in(self, user: _Shown) -> str:
        return trail.moment(user.last_sign_in) if user.last_sign_in else "–"

    @admin.display(description=_("two-step verification"))
    def second_factor(self, user: User) -> str:
        return signing_in.second_factor(user)

    @admin.display(description=_("signed-in devices"))
    def devices(self, user: User) -> str:
        return signing_in.devices(user)

    @admin.display(description=_("API tokens"))
    def tokens(self, user: User) -> str:
        return signing_in.tokens(user)

    @admin.display(description=_("failed sign-ins"))
    def refused(self, user: User) -> str:
        return signing_in.refused(user)

    @admin.display(description=_("Roles held"))
    def held(self, user: User) -> str:
        rows = ((_in_words(holding),) for holding in user.holdings.all())
        return format_html_join("", "<div>{}</div>", rows) or "–"

    def has_give_role_permission(self, request: HttpRequest, _object_id: object = None) -> bool:
        return bool(request.user.has_perm("access.add_roleholding"))

    @action(
        description=_("Give a role"),
        url_path="beri-peran",
        icon="badge",
        permissions=("give_role",),
    )
    def give_role(self, _request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('admin:access_roleholding_add')}?user={object_id}")

    @action(
        description=_("New password"), url_path="kata-sandi", icon="password", permissions=("act",)
    )
    def set_password(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        user = found(User, object_id)
        form = forms.NewPassword(request.POST or None, user=user)
        if form.is_valid():
            accounts.set_password(
                user=user,
                password=form.cleaned_data["password2"],
                at=timezone.now(),
                by=request.user,
                act="user.password",
            )
            messages.success(request, gettext("The new password is set. Tell it to the person."))
            return HttpResponseRedirect(self.address("change", user.pk))
        context = self.admin_site.each_context(request) | {
            "title": gettext("New password"),
            "opts": self.opts,
            "original": user,
            "form": form,
            "back": self.address("change", user.pk),
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/set_password.html", context, status=status)

    @action(
        description=_("Remove two-step sign-in"),
        url_path="lupakan-dua-langkah",
        icon="phonelink_erase",
        permissions=("act",),
    )
    def forget_second_factors(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        user = found(User, object_id)
        return self.act(
            request,
            user,
            do=lambda: accounts.forget_second_factors(user=user, by=request.user),
            title=gettext("Remove two-step sign-in"),
            question=gettext(
                "Only after making sure that it is really this person who asks. Until they set it "
                "up anew, the password alone lets them in. They are signed out on every device, "
                "the lost phone among them."
            ),
            label=gettext("Remove"),
            done=gettext("Two-step sign-in is removed."),
        )

    @action(description=_("Block"), url_path="blokir", icon="block", permissions=("act",))
    def block(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        user = found(User, object_id)
        return self.act(
            request,
            user,
            do=lambda: accounts.block(user=user, at=timezone.now(), by=request.user),
            title=gettext("Block this person"),
            question=gettext(
                "%(name)s is signed out at once, on every device, and can sign in no more. Their "
                "keys for programs, their approval PIN and open links end for good. What they "
                "did stays on record."
            )
            % {"name": user},
            label=gettext("Block"),
            done=gettext("%(name)s is blocked.") % {"name": user},
        )

    @action(
        description=_("Lift the block"),
        url_path="buka-blokir",
        icon="lock_open",
        permissions=("act",),
    )
    def unblock(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        user = found(User, object_id)
        return self.act(
            request,
            user,
            do=lambda: accounts.unblock(user=user, by=request.user),
            title=gettext("Lift the block"),
            question=gettext(
                "%(name)s can sign in again, with the password and the roles that they have. "
                "Keys for programs and the approval PIN are made anew."
            )
            % {"name": user},
            label=gettext("Lift the block"),
            done=gettext("%(name)s can sign in again.") % {"name": user},
        )


@admin.register(RoleHolding)
class RoleHoldings(ByService):
    """Who holds which role where: given here, taken away here, never changed."""

    form = add_form = forms.NewHolding
    list_display = ("person", "role", "cooperative", "regency")
    list_select_related = ("user", "cooperative", "regency")
    list_filter = ("role", "regency")
    search_fields = ("user__username", "user__name", "cooperative__name")
    search_help_text = _("User name, name or cooperative")
    ordering = ("user__username", "role", "id")
    autocomplete_fields = ("user", "cooperative")
    actions_detail = ("revoke",)

    @admin.display(description=_("user"), ordering="user__username")
    def person(self, holding: RoleHolding) -> str:
        return str(holding.user)

    @override
    def get_fields(self, request: HttpRequest, obj: RoleHolding | None = None) -> tuple[str, ...]:
        where = ("role", "cooperative", "regency")
        return ("person", *where) if obj else ("user", *where, "is_meant")

    @override
    def get_readonly_fields(
        self, request: HttpRequest, obj: RoleHolding | None = None
    ) -> tuple[str, ...]:
        return ("person",) if obj else ()

    @override
    def subject_of_history(self, obj: models.Model) -> models.Model:
        """A role has none of its own: it is given to somebody, and taken from them."""
        return obj.user if isinstance(obj, RoleHolding) else obj

    @override
    def has_change_permission(self, request: HttpRequest, obj: RoleHolding | None = None) -> bool:
        return False

    @action(
        description=_("Take the role away"),
        url_path="cabut",
        icon="person_remove",
        permissions=("act",),
    )
    def revoke(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        holding = found(
            RoleHolding.objects.select_related("user", "cooperative", "regency"), object_id
        )
        return self.act(
            request,
            holding,
            do=lambda: roles.revoke(holding=holding, by=request.user),
            title=gettext("Take the role away"),
            question=gettext("%(user)s will no longer be: %(role)s. It ends at once.")
            % {"user": holding.user, "role": _in_words(holding)},
            label=gettext("Take away"),
            done=gettext("The role is taken away."),
            is_gone=True,
        )


def _in_words(holding: RoleHolding) -> str:
    role, place = str(Role(holding.role).label), holding.cooperative or holding.regency
    return format_html("{}, {}", role, place) if place else role
