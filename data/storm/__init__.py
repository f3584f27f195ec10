"""The parts of make_storm.py: an invented evening in a town that does not exist."""
