"""The administration's pages of this app; importing them registers them.

Cooperatives and areas are tables of the registry, but founding one and changing a target are
acts of the city, which the registry does not know.
"""

from kkmp.city.cooperatives import admin
from kkmp.city.progress import admin as progress_admin

__all__ = ["areas", "cooperatives"]
