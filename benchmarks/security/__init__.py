"""What scanners and attacks of our own say of finder: ``python -m benchmarks.security``."""
