"""The tables of the city, for Django, which looks for them here."""

from kkmp.city.figures.models import Measure, ReportedFigure, Series, State

__all__ = ["Measure", "ReportedFigure", "Series", "State"]
