"""The pages of asking for a code: the dealer book, the question, each request, answers, chasing and mails."""

from garage.code_requests import (
    views_answer,
    views_asking,
    views_chasing,
    views_dealers,
    views_mails,
    views_own_way,
    views_packet,
    views_request,
    views_texts,
)
from garage.code_requests.blueprint import bp

__all__ = [
    "bp",
    "views_answer",
    "views_asking",
    "views_chasing",
    "views_dealers",
    "views_mails",
    "views_own_way",
    "views_packet",
    "views_request",
    "views_texts",
]
