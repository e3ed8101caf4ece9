"""A class from release to feedback, made up from the solutions and the bank: `make demo`."""
