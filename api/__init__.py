"""The HTTP service: routes over the same functions and the same answer object as the command line."""
