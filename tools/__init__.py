"""What a maintainer runs, from the root: canonical notebooks, releases, scaffolds."""
