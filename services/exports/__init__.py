"""Rows to files that open in Excel: the pipeline, and one file for each format."""
