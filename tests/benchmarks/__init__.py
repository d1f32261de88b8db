"""Figures that the program promises, measured on this machine."""
