"""The administration's pages of this app; importing them registers them."""

from kkmp.access.administration import events, people, traces

__all__ = ["events", "people", "traces"]
