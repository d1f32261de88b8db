"""The trade's facts: the shipped seeds, this garage's corrections and its own experience."""
