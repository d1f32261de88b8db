"""The first box understands what people type and what scanners send."""

import pytest

from garage.domain.first_box import what_is_meant

VIN = "TMBJJ6Y5X54512345"


@pytest.mark.parametrize(
    "scanned",
    [
        "https://garage.example.org/jobs/17",
        "http://192.168.1.5:8000/jobs/17/bay?from=paper",
        "httpÖ--192.168.1.5Ö8000-jobs-17",  # a scanner set to another keyboard than the PC
    ],
)
def test_the_square_code_on_a_job_sheet_is_a_job(scanned: str) -> None:
    meant = what_is_meant(scanned)
    assert (meant.job_number, meant.certain) == (17, True)


@pytest.mark.parametrize("typed", [VIN, f"*{VIN}*", f"I{VIN}", f"*I{VIN}*", f" {VIN.lower()} "])
def test_a_vin_is_understood_as_plates_and_scanners_give_it(typed: str) -> None:
    assert (what_is_meant(typed).vin, what_is_meant(typed).field) == (VIN, "vin")


@pytest.mark.parametrize(("typed", "number"), [("17", 17), ("# 17", 17), ("17a", None), ("1234567890", None)])
def test_a_bare_number_may_be_a_job(typed: str, number: int | None) -> None:
    assert what_is_meant(typed).job_number == number


@pytest.mark.parametrize(
    "typed", ["job 17", "Job 17", "JOB #17", "Auftrag 17", "auftrag#17", " job   17 ", "#17"]
)
def test_a_job_may_be_called_as_screens_call_it(typed: str) -> None:
    assert what_is_meant(typed).job_number == 17


@pytest.mark.parametrize("typed", ["JOB17", "job", "my job 17", "job 17a", "job seventeen"])
def test_what_only_looks_like_the_name_of_a_job_is_none(typed: str) -> None:
    assert what_is_meant(typed).job_number is None


def test_a_card_number_has_one_spelling() -> None:
    assert what_is_meant("rp-7k3m 9q2O").card_number == "RP-7K3M9Q20"
    assert what_is_meant("RP 12").card_number == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("KA-AB 123", "registration"),
        ("*SKZ1Z2K8399700*", "serial_number"),
        ("01632 960200", "contact"),
        ("+44 1632 960200", "contact"),
        ("Jo Hill", ""),
    ],
)
def test_a_number_nobody_knows_goes_where_it_belongs(typed: str, field: str) -> None:
    assert what_is_meant(typed).field == field


def test_a_serial_number_loses_what_labels_print_around_it() -> None:
    assert what_is_meant("*815BP1234567890*").serial_number == "BP1234567890"
