"""What a document prints about itself: number, issuer, dates, addressees, validity, basis, who explains it."""
