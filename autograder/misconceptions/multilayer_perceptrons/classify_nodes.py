"""Wrong beliefs about input, hidden and output neurons."""


def swaps_input_and_output(nodes, edges):
    """You have inputs and outputs the wrong way round; nothing leads into an input neuron.

    "Has no predecessor" and "precedes nothing" are easily taken for each other.
    """
    return {
        "input": [n for n in nodes if _fed(n, edges) and not _feeds(n, edges)],
        "hidden": [n for n in nodes if _fed(n, edges) and _feeds(n, edges)],
        "output": [n for n in nodes if not _fed(n, edges)],
    }


def asks_succ_where_pred_decides(nodes, edges):
    """You call neurons without successors inputs; an input is a neuron that nothing leads into.

    pred and succ come as a pair, and it is easy to ask the wrong one of the two. A node without
    any edge still comes out right, because it has neither.
    """
    return {
        "input": [n for n in nodes if not _feeds(n, edges)],
        "hidden": [n for n in nodes if _fed(n, edges) and _feeds(n, edges)],
        "output": [n for n in nodes if _feeds(n, edges) and not _fed(n, edges)],
    }


def counts_a_lone_node_twice(nodes, edges):
    """You list a node without any edge as input and as output; every node has one kind only.

    Taken alone, "no predecessor" and "no successor" are both true of it. The statement says which
    of the two wins.
    """
    return {
        "input": [n for n in nodes if not _fed(n, edges)],
        "hidden": [n for n in nodes if _fed(n, edges) and _feeds(n, edges)],
        "output": [n for n in nodes if not _feeds(n, edges)],
    }


def calls_a_lone_node_an_output(nodes, edges):
    """You ask for successors first, so a node without any edge becomes an output.

    The slide defines outputs as nodes that are the source of no connection; a lone node is a
    pixel that nobody uses, so it stays an input.
    """
    output = [n for n in nodes if not _feeds(n, edges)]
    rest = [n for n in nodes if n not in output]
    return {
        "input": [n for n in rest if not _fed(n, edges)],
        "hidden": [n for n in rest if _fed(n, edges)],
        "output": output,
    }


def leaves_out_a_lone_node(nodes, edges):
    """You lose the nodes without any edge; start from the list of nodes, not from the edges.

    Sources are inputs, targets are the rest: true of every node that some edge mentions.
    """
    sources, targets = {j for j, _ in edges}, {i for _, i in edges}
    return {
        "input": sorted(sources - targets),
        "hidden": sorted(sources & targets),
        "output": sorted(targets - sources),
    }


def counts_outputs_among_the_hidden(nodes, edges):
    """You call every neuron with predecessors hidden; outputs have predecessors, too.

    Hidden means neither input nor output, not merely "no input".
    """
    return {
        "input": [n for n in nodes if not _fed(n, edges)],
        "hidden": [n for n in nodes if _fed(n, edges)],
        "output": [n for n in nodes if _fed(n, edges) and not _feeds(n, edges)],
    }


def knows_a_single_output(nodes, edges):
    """You stop at one output neuron; a net has as many as the task has target values.

    The first pictures of networks have one neuron at the right end. It is taken for the last
    number of the list, and all others are called hidden.
    """
    fed = [n for n in nodes if _fed(n, edges)]
    return {
        "input": [n for n in nodes if not _fed(n, edges)],
        "hidden": [n for n in fed if n != max(fed)],
        "output": [max(fed)] if fed else [],
    }


def knows_a_single_hidden_layer(nodes, edges):
    """You look for hidden neurons right behind the inputs only; there may be several layers.

    With one hidden layer "fed by an input" is as good a test as the definition.
    """
    inputs = [n for n in nodes if not _fed(n, edges)]
    behind = {i for j, i in edges if j in inputs}
    return {
        "input": inputs,
        "hidden": [n for n in nodes if n in behind and _feeds(n, edges)],
        "output": [n for n in nodes if _fed(n, edges) and not _feeds(n, edges)],
    }


def _fed(node, edges):
    return any(i == node for _, i in edges)


def _feeds(node, edges):
    return any(j == node for j, _ in edges)
