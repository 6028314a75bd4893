"""Questions: frozen dataclasses whose `run` gives plain frozen rows. They change nothing and know no command."""
