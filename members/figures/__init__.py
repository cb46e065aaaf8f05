"""Figures about the people on the register and their savings, for one page and its file.

Every number of people can be found again on the register: it carries the names and values to
put into the register's address.
"""
