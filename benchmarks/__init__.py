"""What things cost, printed as ratios by `make bench`; nothing here is asserted."""
