"""Keeping the garage's memory safe: backup, restore, demo data, a look at the machine's health."""
