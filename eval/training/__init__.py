"""How the product's fitted models were made, each in a package that makes it again."""
