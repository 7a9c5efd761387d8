"""The small models of the trade, made from the packaged encoder: the embedder and the ranker, and how they are measured."""
