"""Exports: from what is kept to the formats of the field, one file a format."""
