"""The sign-ins that are printed are those that the demo makes."""

from kkmp.demo import loading
from kkmp.runner.signins import PASSWORD, SIGN_INS


def test_printed_sign_ins_are_those_of_the_demo() -> None:
    assert [person.username for person in SIGN_INS] == [user[0] for user in loading._USERS]
    assert PASSWORD == loading.PASSWORD
