"""API tokens and signed-in devices, which can be ended."""

from datetime import datetime

from django.contrib import admin
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from kkmp.access.models import ApiToken, Device
from kkmp.access.services import devices, tokens
from kkmp.access.web import SignedInRequest
from kkmp.lib.administration import Page, ReadOnly, found


class _Whose:
    """Shows the user to whom a row belongs."""

    list_select_related = ("user",)

    @admin.display(description=_("user"), ordering="user__username")
    def person(self, thing: ApiToken | Device) -> str:
        return str(thing.user)


@admin.register(ApiToken)
class ApiTokens(_Whose, ReadOnly, Page):
    list_display = ("name", "person", "created_at", "expires_at", "works")
    search_fields = ("name", "user__username", "user__name")
    search_help_text = _("What it is for, or whose it is")
    ordering = ("-created_at", "id")
    fields = ("name", "person", "created_at", "expires_at", "revoked_at", "works")
    readonly_fields = fields
    actions_detail = ("revoke",)

    @admin.display(description=_("works"), boolean=True)
    def works(self, token: ApiToken) -> bool:
        return token.works_at(timezone.now()) and token.user.is_active

    @action(description=_("Revoke"), url_path="cabut", icon="key_off", permissions=("act",))
    def revoke(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        token = found(ApiToken, object_id)
        return self.act(
            request,
            token,
            do=lambda: tokens.revoke(token=token, at=timezone.now(), by=request.user),
            title=gettext("Revoke the token"),
            question=gettext("Programs that use “%(name)s” stop working at once.")
            % {"name": token.name},
            label=gettext("Revoke"),
            done=gettext("The token no longer works."),
        )


@admin.register(Device)
class Devices(_Whose, ReadOnly, Page):
    """The devices on which people are signed in, by when they were last seen there."""

    list_display = ("person", "address_shown", "browser", "since", "seen")
    search_fields = ("user__username", "user__name", "ip")
    search_help_text = _("User name, name or network address")
    ordering = ("-last_seen_at", "id")
    fields = ("person", "address_shown", "browser", "since", "seen")
    readonly_fields = fields
    actions_detail = ("end",)

    @admin.display(description=_("network address"), ordering="ip")
    def address_shown(self, device: Device) -> str:
        return str(device.ip)

    @admin.display(description=_("browser"))
    def browser(self, device: Device) -> str:
        return str(device.user_agent)

    @admin.display(description=_("signed in at"), ordering="created_at")
    def since(self, device: Device) -> datetime:
        at: datetime = device.created_at
        return at

    @admin.display(description=_("last seen at"), ordering="last_seen_at")
    def seen(self, device: Device) -> datetime:
        at: datetime = device.last_seen_at
        return at

    @action(
        description=_("Sign out this device"),
        url_path="akhiri",
        icon="logout",
        permissions=("act",),
    )
    def end(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        device = found(Device.objects.select_related("user"), object_id)
        return self.act(
            request,
            device,
            do=lambda: devices.end(device=device, by=request.user),
            title=gettext("Sign out this device"),
            question=gettext("%(user)s will have to sign in again on it.") % {"user": device.user},
            label=gettext("Sign out"),
            done=gettext("The device is signed out."),
            is_gone=True,
        )
