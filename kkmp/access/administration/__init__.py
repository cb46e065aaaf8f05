"""The administration: one site for administrators, on Django's admin."""
