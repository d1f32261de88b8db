"""Mails that are to be sent, and every attempt."""
