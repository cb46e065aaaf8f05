"""The floor: money, time, identity and plumbing; no models, imports none of our other apps."""
