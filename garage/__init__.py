"""Garage: a radio's number is on record before the battery comes off, and its code is never lost again."""
