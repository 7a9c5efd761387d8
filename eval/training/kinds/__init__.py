"""Fitting the classifier of kinds of questions."""
