"""Everything that changes a shop, by subject: frozen dataclasses with `apply(uow)`. Never a query, never Qt."""
