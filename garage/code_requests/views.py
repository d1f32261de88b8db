"""The pages of asking for a code: the dealer book, the question, each request, chasing and mails."""

from garage.code_requests import views_asking, views_chasing, views_dealers, views_mails, views_request
from garage.code_requests.blueprint import bp

__all__ = ["bp", "views_asking", "views_chasing", "views_dealers", "views_mails", "views_request"]
