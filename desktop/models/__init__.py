"""Tables as data: columns, the paged model, painted cells."""
