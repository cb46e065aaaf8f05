"""The package's pages that are used here; all its others are not there.

Whoever forgot a password gets a link from the chair or an administrator, accounts are made for
people, and nothing is sent by e-mail: what the package has for these answered with a fault.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from kkmp.access.web import SignedInRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def _change_password(request: SignedInRequest) -> HttpResponse:
    """The package would lead who has no password to a page that is not there."""
    if not request.user.has_usable_password():
        raise PermissionDenied
    answer: HttpResponse = account.password_change(request)
    return answer


_recovery_codes = [
    path("", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
_passkeys = [
    path("", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", _change_password, name="account_change_password"),
    path("2fa/", second_step.index, name="mfa_index"),
    path("2fa/authenticate/", second_step.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", include(_recovery_codes)),
    path("2fa/webauthn/", include(_passkeys)),
]
