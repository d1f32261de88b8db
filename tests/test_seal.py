"""Sealed texts open with their own key only, and show nothing of themselves anywhere."""

import logging
import pickle
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garage.seal import CodeKey, CodesLocked, Sealed, Vault, keep_private, read_key, write_key

KEY = CodeKey.new()
VAULT = Vault(KEY)


@given(st.text(max_size=200))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert VAULT.open(VAULT.seal(text)) == text


def test_the_same_code_looks_different_each_time() -> None:
    assert VAULT.seal("0417").token != VAULT.seal("0417").token


def test_a_sealed_code_shows_nothing_of_itself() -> None:
    sealed = VAULT.seal("0417")
    for shown in (repr(sealed), str(sealed), f"{sealed}", "%s" % sealed, sealed.token):  # noqa: UP031
        assert "0417" not in shown
    assert repr(sealed) == "***"
    assert KEY.secret.hex() not in repr(KEY)


def test_a_log_line_with_a_seal_or_a_key_gives_nothing_away(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("kept %s with %r", VAULT.seal("0417"), KEY)
    assert "0417" not in caplog.text
    assert KEY.secret.hex() not in caplog.text


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(CodesLocked):
        Vault(CodeKey.new()).open(VAULT.seal("0417"))
    with pytest.raises(ValueError, match="damaged or swapped"):
        Vault(CodeKey(KEY.key_id, CodeKey.new().secret)).open(VAULT.seal("0417"))


def test_parts_of_two_seals_do_not_make_a_third() -> None:
    one, other = VAULT.seal("0417").token.split("."), VAULT.seal("9999").token.split(".")
    with pytest.raises(ValueError, match="damaged or swapped"):
        VAULT.open(Sealed(".".join([one[0], one[1], other[2]])))


@pytest.mark.parametrize("place", [10, 40, -6])
def test_a_changed_letter_is_noticed(place: int) -> None:
    token = VAULT.seal("0417").token
    letter = "A" if token[place] != "A" else "B"
    changed = token[:place] + letter + token[place:][1:]
    with pytest.raises(ValueError, match=r"."):
        VAULT.open(Sealed(changed))


def test_without_a_key_everything_about_codes_says_so() -> None:
    locked = Vault(None)
    assert locked.locked
    for act in (lambda: locked.seal("0417"), lambda: locked.open(VAULT.seal("0417")), locked.key):
        with pytest.raises(CodesLocked, match="Codes are locked"):
            act()


def test_the_key_file_is_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "codes.key"
    assert read_key(path) is None
    write_key(path, KEY)
    assert read_key(path) == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_key(path, CodeKey.new())
    assert read_key(path) == KEY


def test_a_key_that_could_not_be_written_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("garage.seal.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_private(tmp_path / "codes.key", "secret")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "abc", ":" + 64 * "0", "id:" + 62 * "0", "id:" + 64 * "x"])
def test_what_is_no_key_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        CodeKey.parse(text)


def test_a_sealed_value_survives_being_copied_between_processes() -> None:
    sealed = VAULT.seal("0417")
    assert VAULT.open(pickle.loads(pickle.dumps(sealed))) == "0417"  # noqa: S301 - our own
