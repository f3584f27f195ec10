"""How far annotators agree: coefficients with intervals, pairs of annotators, hard posts."""
