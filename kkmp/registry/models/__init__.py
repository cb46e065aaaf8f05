from .areas import Kecamatan, Kelurahan, Regency
from .cooperatives import Cooperative, CooperativeSettings
from .figures import CooperativeFigures, DayFigures
from .installation import Installation
from .numbering import DocumentCounter
from .stages import Stage, StageStep

__all__ = [
    "Cooperative",
    "CooperativeFigures",
    "CooperativeSettings",
    "DayFigures",
    "DocumentCounter",
    "Installation",
    "Kecamatan",
    "Kelurahan",
    "Regency",
    "Stage",
    "StageStep",
]
