"""What a basket costs and how it is paid, without a database: rules as functions of values.

The till's script (``kkmp/static/kkmp/js/till/rules``) has the same rules for the device. Tests
compare the two over random baskets.
"""
