"""Devices on which somebody is signed in, without a browser that signs in."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from kkmp.access.models import Device, User


def device_of(user: User, *, at: datetime | None = None) -> Device:
    ends = timezone.now() + timedelta(days=1)
    session = Session.objects.create(session_key=get_random_string(40), expire_date=ends)
    at = at or timezone.now()
    return Device.objects.create(
        user=user, session=session, ip="192.0.2.1", user_agent="Firefox", created_at=at
    )
