"""The workshop's address and its square code."""

import ipaddress

import pytest
import zxingcpp
from PIL import Image

from garage.domain.text import Refused
from garage.upkeep import address
from garage.upkeep.address import square_code, workshop_address
from garage.upkeep.serving import for_the_workshop
from garage.web.settings import Settings


def test_a_phone_reads_the_square_code_in_the_terminal() -> None:
    lines = square_code("http://192.0.2.17:8000")
    halves = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}
    rows = [bytes(halves[block][half] for block in line) for line in lines for half in (0, 1)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    read = zxingcpp.read_barcodes(picture.resize((picture.width * 8, picture.height * 8)))
    assert [code.text for code in read] == ["http://192.0.2.17:8000"]


def test_the_workshops_address_is_this_machines_own() -> None:
    assert ipaddress.ip_address(workshop_address()).version == 4


def test_a_machine_without_a_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoNetwork:
        def __init__(self, *_: object) -> None: ...

        def __enter__(self) -> "NoNetwork":
            return self

        def __exit__(self, *_: object) -> None: ...

        def connect(self, to: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(address.socket, "socket", NoNetwork)
    with pytest.raises(Refused, match="no network"):
        workshop_address()


def test_an_encrypted_address_stays_when_the_workshop_is_let_in(settings: Settings) -> None:
    opened = for_the_workshop(settings)
    assert opened.bind == "0.0.0.0:8000"
    assert opened.public_url == f"http://{workshop_address()}:8000"
    behind_tls = Settings(**(vars(settings) | {"public_url": "https://garage.example"}))
    assert for_the_workshop(behind_tls).public_url == "https://garage.example"
