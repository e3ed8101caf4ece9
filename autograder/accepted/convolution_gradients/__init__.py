"""Unusual right implementations of 09_convolution_gradients."""
