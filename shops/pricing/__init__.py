"""What a basket costs and how it is paid, without a database: rules as functions of values.

The till's script keeps the same rules on the device; what it shows and what the server asks are
compared by tests over random baskets.
"""
