"""Erasing people and reading who processed their data, for the API and the portal alike."""
