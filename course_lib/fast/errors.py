"""What compile says about a network that it has no plan for."""


class CannotCompile(ValueError):
    """The network has a layer, named in the message, that no plan can run. Run it plain."""
