"""The two things that go wrong with data: it is not there, or it is not what it should be."""


class DamagedData(ValueError):
    """The bytes are not the ones that were published: cut off, changed, or of another format."""


class MissingData(FileNotFoundError):
    """The data is not on this computer and could not be fetched; the message says what to do."""
