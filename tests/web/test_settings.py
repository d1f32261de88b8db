"""Settings from the environment: texts stay as they were typed, everything else is read."""

import pytest

from garage.web.settings import load_settings


@pytest.mark.parametrize(
    "password", ["1e5", "0123", "true", "null", '"quoted"', "12345678901234567890", "[1]"]
)
def test_a_password_in_the_environment_stays_as_it_was_typed(tmp_path, monkeypatch, password):
    monkeypatch.setenv("GARAGE_SMTP_PASSWORD", password)
    assert load_settings(tmp_path).config["SMTP_PASSWORD"] == password


def test_numbers_are_numbers_and_the_environment_wins_over_the_garages_own_sheet(tmp_path, monkeypatch):
    (tmp_path / "config.py").write_text('SMTP_USER = "desk"\nSMTP_PORT = 25\nTHREADS = 4\n')
    monkeypatch.setenv("GARAGE_SMTP_USER", "007")
    monkeypatch.setenv("GARAGE_SMTP_PORT", "465")
    config = load_settings(tmp_path).config
    assert (config["SMTP_USER"], config["SMTP_PORT"], config["THREADS"]) == ("007", 465, 4)
