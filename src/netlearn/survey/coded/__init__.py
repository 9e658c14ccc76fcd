"""Coded copies: the same answers with a random code for every person, and nothing that a person typed."""
