"""The plan, the people, and who was asked and answered."""
