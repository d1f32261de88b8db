"""The mail server's settings: one clear sentence for every mistake."""

import pytest

from garage.domain.text import Refused
from garage.outbox.mail_server import Security, mail_server
from garage.web.settings import Settings

GOOD = {
    "SMTP_HOST": "mail.garage.example",
    "SMTP_PORT": 587,
    "SMTP_SECURITY": "starttls",
    "SMTP_USER": "garage",
    "SMTP_PASSWORD": "an invented password",
    "SMTP_SENDER": "Bridge Street Garage <garage@garage.example>",
}


def test_without_a_host_there_is_no_mail_server(settings: Settings):
    assert mail_server(settings.config) is None


def test_the_settings_name_the_server_and_never_show_the_password():
    server = mail_server(GOOD)
    assert (server.host, server.port, server.security) == ("mail.garage.example", 587, Security.STARTTLS)
    assert "invented" not in repr(server)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"SMTP_PORT": 0}, "SMTP_PORT"),
        ({"SMTP_SENDER": ""}, "SMTP_SENDER"),
        ({"SMTP_SENDER": "a@b.example, c@d.example"}, "SMTP_SENDER"),
        ({"SMTP_SENDER": "=?utf-8?q?=0ABcc:_x?= <a@b.example>"}, "SMTP_SENDER"),
        ({"SMTP_SECURITY": "none"}, "unencrypted"),
        ({"SMTP_PASSWORD": "erfundenes Paßwort"}, "plain letters"),
    ],
    ids=str,
)
def test_a_mistake_is_one_sentence(wrong, word):
    with pytest.raises(Refused, match=word) as no:
        mail_server(GOOD | wrong)
    assert "invented" not in str(no.value)


def test_a_server_on_this_machine_needs_no_encryption():
    assert mail_server(GOOD | {"SMTP_SECURITY": "none", "SMTP_HOST": "127.0.0.1"}) is not None
