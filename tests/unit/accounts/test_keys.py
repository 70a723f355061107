"""What whoever reads the database can't read."""

from finder.accounts import Keys

KEYS = Keys("a secret that only tests would ever use")
OTHERS = Keys("another secret, of another installation")


def test_what_is_sealed_is_read_with_the_same_secret_alone() -> None:
    sealed = KEYS.seal("JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert KEYS.unseal(sealed) == "JBSWY3DPEHPK3PXP"
    assert OTHERS.unseal(sealed) == ""


def test_a_fingerprint_tells_the_same_from_the_other() -> None:
    assert KEYS.fingerprint("address", "203.0.113.9") == KEYS.fingerprint("address", "203.0.113.9")
    assert KEYS.fingerprint("address", "203.0.113.9") != OTHERS.fingerprint("address", "203.0.113.9")
    assert KEYS.fingerprint("ab", "c") != KEYS.fingerprint("a", "bc")


def test_what_an_older_secret_sealed_is_opened_and_can_be_sealed_with_the_newest() -> None:
    sealed = OTHERS.seal("JBSWY3DPEHPK3PXP")
    after = Keys("the newest secret of all of them here", "another secret, of another installation")

    assert after.unseal(sealed) == "JBSWY3DPEHPK3PXP"
    assert Keys("the newest secret of all of them here").unseal(after.sealed_anew(sealed)) == "JBSWY3DPEHPK3PXP"
    assert OTHERS.unseal(after.seal("new")) == ""
    assert after.sealed_anew(KEYS.seal("of a secret that is lost")) == ""
