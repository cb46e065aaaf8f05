"""Django's PostgreSQL, with statements that mean the same on one machine and on several."""
