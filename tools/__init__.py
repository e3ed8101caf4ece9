"""What a maintainer runs: canonical notebooks, releases, scaffolds. Run from the repository's root."""
