"""Figures about the people on the register and their savings, for one page and its file.

Every number of people links to these people on the register, by names and values for the
register's address.
"""
