"""One file a step of the schema, applied in the order of their numbers."""
