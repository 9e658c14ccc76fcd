"""Standard errors and permutation tests that hold their error rate on dyads."""
