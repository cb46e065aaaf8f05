"""The administration's pages of the city; each package has its own.

Cooperatives and areas are tables of the registry, but founding one and changing a target are
acts of the city, which the registry does not know.
"""

from kkmp.city.cooperatives import admin as cooperatives
from kkmp.city.progress import admin as progress

__all__ = ["cooperatives", "progress"]
