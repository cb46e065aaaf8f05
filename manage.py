#!/usr/bin/env python
"""Django's command line for a real installation; in development it is `make manage`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkmp.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f'kkmp: {fault}\n(In development: make manage ARGS="{" ".join(sys.argv[1:])}")')


if __name__ == "__main__":
    main()
