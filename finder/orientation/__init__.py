"""What a visitor reads before the search: topics, helplines and the first screen. Files only, no database."""
