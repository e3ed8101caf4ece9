"""The one exception of the command line."""


class Stop(Exception):
    """Ends a command with one sentence that says what to do."""
