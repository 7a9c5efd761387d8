"""The network that reads bodies in running text (`corpus/models/bodies.npz`), made from labels and public texts."""
