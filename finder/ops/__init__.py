"""Operating the service: logs and health."""
