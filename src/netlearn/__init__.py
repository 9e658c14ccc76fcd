"""netlearn."""
