"""Asking for a code: whom we ask, what was sent, what came back."""
