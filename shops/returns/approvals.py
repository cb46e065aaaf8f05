"""Approving at the cashier's screen: judged before the cooperative's transaction begins."""

from dataclasses import dataclass

from django.utils import timezone

from kkmp.access.form_keys import OnceRequest
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.access.services import pins
from kkmp.registry.models import Cooperative
from shops.returns.forms import Approve


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of the name and PIN that were typed: somebody, or a refusal."""

    form: Approve
    approver: User | None = None

    @property
    def brought_idr(self) -> int:
        """What the approver brings from the main cash box, whole rupiah."""
        return self.form.cleaned_data["brought_idr"] or 0


class ApprovedRequest(OnceRequest):
    """A request whose PIN has been judged."""

    approval: Approval


def judge(request: ApprovedRequest) -> None:
    """Set ``request.approval`` where a page asks for a PIN; a wrong one stays counted.

    It is asked only where the form says ``step=pay``.
    """
    is_asked = request.method == "POST" and request.POST.get("step") == "pay"
    form = Approve(request.POST if is_asked else None)
    approver = None
    if form.is_valid():
        try:
            named = {name: form.cleaned_data[name] for name in ("approver", "pin")}
            approver = approver_of(request.cooperative, by=request.user, **named)
        except pins.PinRefused as refusal:
            for name, texts in refusal.fields.items():
                form.add_error(name, texts)
    request.approval = Approval(form, approver)


def approver_of(cooperative: Cooperative, *, approver: str, pin: str, by: User) -> User:
    """Who lets goods come back.

    :raises PinRefused: see there; a wrong try is counted for good
    """
    return pins.approve(
        cooperative=cooperative,
        username=approver,
        digits=pin,
        permission=Permission.SALES_APPROVE,
        at=timezone.now(),
        by=by,
    )
