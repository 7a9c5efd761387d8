"""A Word document's XML -> its words, as a reader of the printed page sees them."""
