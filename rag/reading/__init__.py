"""From words to a request: names first, then the kind of what is wanted."""
