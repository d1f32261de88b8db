"""The catalogue that the running program uses."""

from garage.web.current import catalogue

__all__ = ["catalogue"]
