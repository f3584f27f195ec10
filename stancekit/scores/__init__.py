"""Scores: metrics, calibration, coverage and the rows that report them."""
