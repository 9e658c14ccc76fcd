"""Measures of contact across departments: arrays in, numbers or arrays out."""
