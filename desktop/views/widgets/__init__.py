"""Widgets that several pages share. They know the theme, never the shop."""
