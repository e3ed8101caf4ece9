"""Wrong implementations of 09_convolution_gradients, one module an exercise."""
