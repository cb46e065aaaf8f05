"""The log: one line per event, with the request's id and without personal data."""

from typing import Any


def configuration(level: str) -> dict[str, Any]:
    """For the standard library, as the settings hand it on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "kkmp.lib.request_id.RequestIdFilter"},
            "refusals": {"()": "kkmp.lib.request_id.RefusalFilter"},
        },
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"}
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request_id", "refusals"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }
