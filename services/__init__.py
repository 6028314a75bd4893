"""The order desk without a window: rules, data, imports, documents, command line. Never Qt."""
