from .audit import AuditEvent, SystemEvent
from .roles import RoleHolding
from .tokens import ApiToken
from .users import User

__all__ = ["ApiToken", "AuditEvent", "RoleHolding", "SystemEvent", "User"]
