"""The administration's pages of this app; importing them registers them."""

from kkmp.access.administration import events, people, tokens_and_devices

__all__ = ["events", "people", "tokens_and_devices"]
