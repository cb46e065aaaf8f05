"""Cooperatives: founded, described and given new amounts through the services."""

from kkmp.city.cooperatives.admin import pages

__all__ = ["pages"]
