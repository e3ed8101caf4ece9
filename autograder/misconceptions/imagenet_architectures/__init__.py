"""Misconceptions of 13_imagenet_architectures."""
