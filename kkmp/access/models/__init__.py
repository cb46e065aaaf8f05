from .audit import AuditEvent, SystemEvent
from .invitations import Invitation
from .pins import ApprovalPin
from .roles import RoleHolding
from .tokens import ApiToken
from .users import User

# It builds on a package that asks for the user model above.
from .devices import Device  # isort: skip

__all__ = [
    "ApiToken",
    "ApprovalPin",
    "AuditEvent",
    "Device",
    "Invitation",
    "RoleHolding",
    "SystemEvent",
    "User",
]
