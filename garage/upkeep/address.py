"""How phones in the workshop reach the program: this machine's own address, and a square code of it."""

import socket
from typing import Any

import zxingcpp

from garage.domain.text import N_, Refused

QUIET = 2  # light modules around the code; the code itself brings two more


def workshop_address() -> str:
    """This machine's address in the workshop's network. Refused where there is no network.

    Connecting a UDP socket sends nothing: it only asks the machine which way it would go.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        try:
            way_out.connect(("192.0.2.1", 9))  # an address that belongs to nobody (RFC 5737)
        except OSError:
            raise Refused(
                N_("This machine is in no network. Connect it, or start without LAN=1 and use it here.")
            ) from None
        return str(way_out.getsockname()[0])


def square_code(text: str) -> list[str]:
    """`text` as a QR code of block characters, two rows of the code in each line: █ is dark."""
    image: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=1)
    shades: list[list[int]] = memoryview(image).tolist()  # type: ignore[assignment]  # two dimensions
    dark = [[shade == 0 for shade in row] for row in shades]
    side = [False] * QUIET
    rows = [side + row + side for row in dark]
    empty = [False] * len(rows[0])
    rows = [empty] * QUIET + rows + [empty] * (QUIET + len(rows) % 2)
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return [
        "".join(blocks[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
