"""Keeping the garage's memory safe: schema, backup, restore, demo, the old code book, the worker."""
