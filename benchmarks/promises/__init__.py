"""The promises of `docs/promises.md`, each kept by tests or measured here: ``python -m benchmarks.promises``."""
