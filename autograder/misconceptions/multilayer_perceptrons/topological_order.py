"""Wrong beliefs about an order in which neurons can be computed."""


def sorts_by_number(nodes, edges):
    """You sort the nodes by number; the numbers are names and say nothing about the arrows.

    Textbook nets are numbered layer by layer, and there the increasing order happens to work.
    """
    return sorted(nodes)


def keeps_the_given_order(nodes, edges):
    """You return the nodes in the order of the list; the list may come in any order.

    The list of nodes is usually written from the inputs to the outputs.
    """
    return list(nodes)


def puts_successors_first(nodes, edges):
    """Your order runs backwards: every node stands after its successors; reverse it.

    A depth-first walk finishes a node after everything behind it. The order in which nodes are
    finished must be read from the end.
    """
    _refuse_cycles(nodes, edges)
    return _finished(nodes, edges)


def goes_breadth_first_from_the_inputs(nodes, edges):
    """You take a node when the first of its predecessors is done; wait for the last of them.

    Breadth-first search visits layer by layer as long as no connection skips a layer.
    """
    order = _inputs(nodes, edges)
    _refuse_cycles(nodes, edges)
    for node in order:  # grows while we walk
        order.extend(i for i in _successors(node, edges) if i not in order)
    return order


def dives_depth_first_from_the_inputs(nodes, edges):
    """You follow one path to its end before the others; a node must wait for all that feed it.

    Writing down a node when the walk enters it works on a chain and fails where paths meet.
    """
    _refuse_cycles(nodes, edges)
    order, waiting = [], _inputs(nodes, edges)[::-1]
    while waiting:
        node = waiting.pop()
        if node not in order:
            order.append(node)
            waiting.extend(_successors(node, edges)[::-1])
    return order


def forgets_lone_nodes(nodes, edges):
    """You drop nodes that no edge touches; the order must name every node once.

    If the nodes are gathered from the edges, a node without edges is never met.
    """
    _refuse_cycles(nodes, edges)
    touched = [n for n in nodes if any(n in edge for edge in edges)]
    return _finished(touched, edges)[::-1]


def stops_silently_at_a_cycle(nodes, edges):
    """You return the part that could be ordered; a cycle must raise ValueError.

    The loop ends by itself when no node is free. Whether all nodes were placed is never asked.
    """
    order = []
    while True:
        free = [n for n in nodes if n not in order and _ready(n, edges, order)]
        if not free:
            return order
        order.extend(free)


def looks_only_for_two_way_connections(nodes, edges):
    """You notice a cycle of two nodes only; a cycle may run through any number of nodes.

    "Both i -> j and j -> i" is the shortest cycle and the one that comes to mind.
    """
    if any((i, j) in edges for j, i in edges):
        raise ValueError("cycle")
    return _finished(nodes, edges)[::-1]


def walks_in_circles(nodes, edges):
    """You recurse for ever on a cycle; remember which nodes are still open and raise ValueError.

    Going back to all predecessors first is right, and without a cycle it always comes to an end.
    """
    order = []

    def visit(node):
        for j, i in edges:
            if i == node:
                visit(j)
        if node not in order:
            order.append(node)

    for node in nodes:
        visit(node)
    return order


def takes_a_second_visit_for_a_cycle(nodes, edges):
    """You raise when two paths meet in one node; it is a cycle only if a path meets itself.

    "I have been here before" is the right test for a tree, and a net is no tree.
    """
    _refuse_cycles(nodes, edges)
    seen, waiting = [], _inputs(nodes, edges)
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            raise ValueError("cycle")
        seen.append(node)
        waiting.extend(_successors(node, edges))
    return seen


def groups_the_nodes_into_layers(nodes, edges):
    """You return a list of layers; the answer is one flat list of nodes.

    The layers are right, and a forward pass could use them, but not through this door.
    """
    _refuse_cycles(nodes, edges)
    layers, done = [], []
    while len(done) < len(nodes):
        layer = [n for n in nodes if n not in done and _ready(n, edges, done)]
        layers.append(layer)
        done = done + layer
    return layers


def _inputs(nodes, edges):
    return [n for n in nodes if all(i != n for _, i in edges)]


def _successors(node, edges):
    return [i for j, i in edges if j == node]


def _ready(node, edges, done):
    return all(j in done for j, i in edges if i == node)


def _refuse_cycles(nodes, edges):
    if len(stops_silently_at_a_cycle(nodes, edges)) < len(nodes):
        raise ValueError("cycle")


def _finished(nodes, edges):
    finished = []

    def visit(node):
        if node not in finished:
            for follower in _successors(node, edges):
                if follower not in finished:
                    visit(follower)
            finished.append(node)

    for node in nodes:
        visit(node)
    return finished
