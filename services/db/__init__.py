"""The database: engine, schema, unit of work, audit. Nothing outside services/ imports it."""
