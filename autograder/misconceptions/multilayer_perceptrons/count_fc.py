"""Wrong beliefs about the number of parameters of a fully connected net."""

from itertools import pairwise
from math import prod

BYTES = {"float16": 2, "float32": 4, "float64": 8}


def gives_the_inputs_a_bias(sizes, bias=True, dtype="float32"):
    """You give every input a bias; an input only hands its feature on and has none.

    One of the slides did the same: 49,152 inputs, 49,152 weights too many.
    """
    count = _count(sizes, sum(sizes) if bias else 0)
    return count, count * BYTES[dtype]


def forgets_the_biases(sizes, bias=True, dtype="float32"):
    """You count the connections only; each neuron behind the inputs has a bias weight, too.

    Biases are not drawn as lines, so counting the lines of the picture misses them.
    """
    count = _count(sizes, 0)
    return count, count * BYTES[dtype]


def counts_biases_that_are_not_there(sizes, bias=True, dtype="float32"):
    """You add biases even with bias=False; look at the argument before you add them.

    An argument with a default is easily written into the signature and never read.
    """
    count = _count(sizes, sum(sizes[1:]))
    return count, count * BYTES[dtype]


def gives_output_neurons_no_bias(sizes, bias=True, dtype="float32"):
    """You leave out the biases of the output layer; it has them like the hidden layers.

    One slide says that all hidden neurons have a bias weight, and stops there.
    """
    count = _count(sizes, sum(sizes[1:-1]) if bias else 0)
    return count, count * BYTES[dtype]


def counts_one_bias_a_layer(sizes, bias=True, dtype="float32"):
    """You count one bias for each layer; every neuron of the layer has a bias of its own.

    In W x + b there is one letter b, but it is a vector with one entry for each neuron.
    """
    count = _count(sizes, len(sizes) - 1 if bias else 0)
    return count, count * BYTES[dtype]


def counts_neurons(sizes, bias=True, dtype="float32"):
    """You count neurons; parameters sit on the connections, n times m between two layers.

    The sizes are there to be added up, and in a small net the sum does not look absurd.
    """
    count = sum(sizes)
    return count, count * BYTES[dtype]


def multiplies_all_the_sizes(sizes, bias=True, dtype="float32"):
    """You multiply all sizes together; each pair of neighbouring layers has its own matrix.

    That product counts the paths from inputs to outputs. Matrices of different layers add up.
    """
    count = prod(sizes) + (sum(sizes[1:]) if bias else 0)
    return count, count * BYTES[dtype]


def forgets_the_later_layers(sizes, bias=True, dtype="float32"):
    """You count the first matrix only; go on through all pairs of neighbouring layers.

    The first layer of a net for images holds almost all of the weights.
    """
    count = _count(sizes[:2], sizes[1] if bias else 0)
    return count, count * BYTES[dtype]


def always_takes_eight_bytes(sizes, bias=True, dtype="float32"):
    """You take eight bytes for every number; that is float64, so look at dtype.

    NumPy's default is float64; networks are usually stored in float32.
    """
    count = _count(sizes, sum(sizes[1:]) if bias else 0)
    return count, count * 8


def counts_bits(sizes, bias=True, dtype="float32"):
    """You report bits; eight bits make a byte, so float32 takes 4 bytes.

    The 32 in the name of the type is at hand.
    """
    count = _count(sizes, sum(sizes[1:]) if bias else 0)
    return count, count * 8 * BYTES[dtype]


def _count(sizes, biases):
    return sum(n * m for n, m in pairwise(sizes)) + biases
