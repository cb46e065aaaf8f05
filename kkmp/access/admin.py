"""The administration's pages of this app; importing them registers them."""

from kkmp.access.administration import people, traces

__all__ = ["people", "traces"]
