"""What an administrator types about people; services do the rest."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from unfold.widgets import (
    UnfoldAdminPasswordToggleWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from kkmp.access import trail
from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.by_service import ServiceForm
from kkmp.access.models import RoleHolding, User
from kkmp.access.permissions import Role
from kkmp.access.services import accounts, roles


def _new_password(label: StrOrPromise, **options: Any) -> forms.CharField:
    widget = UnfoldAdminPasswordToggleWidget(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget, **options)


class _WithPassword(forms.BaseForm):
    """A form with a password, typed twice and judged by the site's rules."""

    def clean_password2(self) -> str:
        first = self.cleaned_data.get("password1")
        second: str = self.cleaned_data["password2"]
        if first is not None and first != second:
            raise ValidationError(gettext("The two passwords are not the same."))
        return second

    def check_password(self, user: User) -> None:
        password = self.cleaned_data.get("password2")
        if password:
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                self.add_error("password2", error)


class NewUser(_WithPassword, ServiceForm):
    password1 = _new_password(
        _("First password"),
        help_text=_("Tell it to the person yourself; they can change it under My profile."),
    )
    password2 = _new_password(_("The same once more"))

    class Meta:
        model = User
        fields = ("name", "username")

    def clean(self) -> None:
        super().clean()
        self.check_password(
            User(
                username=self.cleaned_data.get("username", ""),
                name=self.cleaned_data.get("name", ""),
            )
        )

    def perform(self) -> User:
        return accounts.create(
            username=self.cleaned_data["username"],
            name=self.cleaned_data["name"],
            password=self.cleaned_data["password2"],
            by=self.by,
        )


class ChangedUser(ServiceForm):
    instance: User

    class Meta:
        model = User
        fields = ("name", "username")

    def perform(self) -> User:
        return accounts.edit(
            user=self.instance,
            username=self.cleaned_data["username"],
            name=self.cleaned_data["name"],
            by=self.by,
        )


class NewPassword(_WithPassword, forms.Form):
    password1 = _new_password(_("New password"))
    password2 = _new_password(_("The same once more"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> None:
        super().clean()
        self.check_password(self.user)


class NewHolding(ServiceForm):
    # Nothing is chosen beforehand, least of all the administrator.
    role = forms.TypedChoiceField(
        label=_("role"),
        choices=[("", _("Choose a role")), *Role.choices],
        coerce=Role,
        widget=UnfoldAdminSelectWidget(),
    )

    # It is asked once the two meet.
    is_meant = forms.BooleanField(
        label=_("Yes, one person shall hold both"), required=False, widget=forms.HiddenInput()
    )

    class Meta:
        model = RoleHolding
        fields = ("user", "role", "cooperative", "regency")
        labels = {"user": _("user")}
        help_texts = {
            "cooperative": _("For the chair, treasurer, cashier, membership clerk and supervisor."),
            "regency": _("For city officers and city mentors."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            cooperative_choice.label_rows_by(self.fields["user"], trail.person)
            cooperative_choice.label_rows_by(
                self.fields["cooperative"], cooperative_choice.name_with_kecamatan
            )

    def perform(self) -> RoleHolding:
        try:
            return self._grant()
        except roles.RolesMeet:
            self.fields["is_meant"].widget = UnfoldBooleanWidget()
            raise

    def _grant(self) -> RoleHolding:
        return roles.grant(
            user=self.cleaned_data["user"],
            role=self.cleaned_data["role"],
            cooperative=self.cleaned_data["cooperative"],
            regency=self.cleaned_data["regency"],
            is_meant=self.cleaned_data["is_meant"],
            by=self.by,
        )
