"""Values of the field without dependencies: points and places, the vocabulary, phones, schedules."""
