"""The JSON Schema of a record: `dateline-1.schema.json`, written by `dateline.schema.build`."""
