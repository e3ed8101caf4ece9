"""The contenders of benchmarks.training: each builds the same steps in its own way."""
