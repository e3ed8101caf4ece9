"""Unusual right implementations of 13_imagenet_architectures."""
