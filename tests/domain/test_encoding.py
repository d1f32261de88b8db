"""Files of other programs are read as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garage.domain.encoding import decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_reads_the_same_in_every_usual_encoding(encoding: str) -> None:
    assert decoded("Škoda; Müller, 5 €".encode(encoding)) == "Škoda; Müller, 5 €"


def test_utf_16_with_either_mark_is_read() -> None:
    assert decoded(b"\xfe\xff" + "Müller".encode("utf-16-be")) == "Müller"


@given(st.binary())
def test_whatever_the_bytes_are_there_is_a_text(data: bytes) -> None:
    assert isinstance(decoded(data), str)
