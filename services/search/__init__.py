"""The one search language: the bar, groups, rules and the command line all speak it."""
