"""The documentation site: pages about every public name, built without a network."""
