"""Everything behind ``make``: installs, the embedded database, serving and testing."""
