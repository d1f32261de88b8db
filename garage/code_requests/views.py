"""The pages of asking for a code: the dealer book, the question, and each request."""

from garage.code_requests import views_asking, views_dealers, views_request
from garage.code_requests.blueprint import bp

__all__ = ["bp", "views_asking", "views_dealers", "views_request"]
