"""What a chair types about the people of the cooperative, and what they type themselves."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.lib.forms import offer


class _WithRole(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)

    def __init__(self, *args: Any, may_give: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(role), role.label) for role in may_give]
        offer(self, "role", [("", _("Choose a role")), *choices])


class Given(_WithRole):
    """Asks for another role to give to somebody."""

    # It is asked once two roles meet that watch over each other.
    is_meant = forms.BooleanField(
        label=_("Yes, one person shall hold both"), required=False, widget=forms.HiddenInput
    )

    def ask(self) -> None:
        """Let it be said that both are meant."""
        self.fields["is_meant"].widget = forms.CheckboxInput()


class Invited(_WithRole):
    name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Short, without spaces, for example bendahara.gedawang."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )

    field_order = ("name", "username", "role")


class Chosen(forms.Form):
    """The password that somebody chooses by the link."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("The two passwords are not the same."))
        elif first and second:
            try:
                password_validation.validate_password(second, self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        return given
