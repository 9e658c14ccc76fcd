"""Outcomes beside ties: scores of scales, how well they measure, gaps and their change. Arrays in, results out."""
