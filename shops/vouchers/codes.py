"""How a voucher's code is shown to those who must not spend it."""


def ending(code: str) -> str:
    """The end of it: enough to tell it from others, too little to spend it."""
    return f"•••{code[-3:]}"
