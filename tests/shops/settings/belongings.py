"""Settings of the tills."""

PLAIN = "bank_account cash_step_idr credit_days overdue_days qris_payload receipt_footer"
