from kkmp.lib.locale_formats import *  # noqa: F403
