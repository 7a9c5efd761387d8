"""One file a kind of question. Each route answers its own kind and leaves the rest (None) to the next."""
