"""Listings in the formats of the field; knows no web."""
