"""The service under people's journeys: ``make load``."""
