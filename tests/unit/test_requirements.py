"""What is installed is what somebody looked at, to the byte."""

import re

import pytest

from finder.config import PROJECT

PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^ ]+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "benchmarks/requirements.txt",
    "benchmarks/contract/requirements.txt",
    "benchmarks/security/requirements.txt",
)
SCRIPTS = (
    "Makefile",
    "deploy/setup.sh",
    "deploy/Containerfile",
    "benchmarks/setup.sh",
    "benchmarks/contract/run.sh",
    "benchmarks/security/setup.sh",
)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_has_its_version_and_its_hashes(lock: str) -> None:
    lines = (PROJECT / lock).read_text().splitlines()
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    assert not [line for line in lines if not PINNED.fullmatch(line) and not HASH.fullmatch(line)]
    names = [number for number, line in enumerate(lines) if PINNED.fullmatch(line)]
    assert all(HASH.fullmatch(lines[number + 1]) for number in names)


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_installed_from_a_lock_is_held_to_its_hashes(script: str) -> None:
    text = (PROJECT / script).read_text()
    installed = re.findall(r"^.*pip install.*-r .*$", text, re.MULTILINE)
    assert installed
    assert all("--require-hashes" in line for line in installed)
