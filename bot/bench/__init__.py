"""Measurements. Speed is judged here and not in the tests, because machines differ."""
