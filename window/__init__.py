"""The window: three tabs in Chinese over the same functions and the same answer object as the API."""
