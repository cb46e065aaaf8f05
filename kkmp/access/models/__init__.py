from .audit import AuditEvent, SystemEvent
from .devices import Device
from .invitations import Invitation
from .pins import ApprovalPin
from .roles import RoleHolding
from .tokens import ApiToken
from .tries import Tries
from .users import User

__all__ = [
    "ApiToken",
    "ApprovalPin",
    "AuditEvent",
    "Device",
    "Invitation",
    "RoleHolding",
    "SystemEvent",
    "Tries",
    "User",
]
