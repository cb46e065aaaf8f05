"""Bands of age: everybody is in one of them, and in the right one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.models import Member
from members.register import ages

DAYS = st.dates(date(1930, 1, 1), date(2026, 11, 23))


def age(born, on):
    """The age of somebody on a day, as people count it."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def holds(band, born, on):
    young = band.youngest is None or born <= ages.born_by(on, band.youngest)
    old = band.oldest is None or born > ages.born_by(on, band.oldest + 1)
    return young and old


@given(DAYS, st.dates(date(2026, 11, 23), date(2060, 12, 31)))
def test_everybody_is_in_the_one_band_of_their_age(born, on):
    found = [band for band in ages.BANDS if holds(band, born, on)]
    assert len(found) == 1
    years = age(born, on)
    assert (found[0].youngest or 0) <= years <= (found[0].oldest or 200)


def test_a_leap_day_child_is_older_on_the_first_of_march():
    assert ages.born_by(date(2027, 2, 28), 17) < date(2010, 3, 1)
    assert ages.born_by(date(2029, 2, 28), 17) == date(2012, 2, 28)
    assert ages.born_by(date(2029, 3, 1), 17) == date(2012, 3, 1)
    assert ages.born_by(date(2028, 2, 29), 17) == date(2011, 2, 28)


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2009, 11, 24), "under17"),
        (date(2009, 11, 23), "17-25"),
        (date(2000, 11, 24), "17-25"),
        (date(2000, 11, 23), "26-35"),
        (date(1960, 11, 24), "56-65"),
        (date(1960, 11, 23), "over65"),
        (None, "none"),
    ],
)
def test_the_database_counts_the_same(in_melati, enrol, born, code):
    member = enrol(birth_date=born)
    on = date(2026, 11, 23)
    found = [
        band
        for band, _label in ages.CHOICES
        if Member.objects.of(in_melati).filter(ages.in_band(band, on), id=member.id).exists()
    ]
    assert found == [code]
