"""articlecast: articles become audio that people can rely on."""

__version__ = "0.1.0"
