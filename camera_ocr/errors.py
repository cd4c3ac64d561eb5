"""What can go wrong for a user, each with one clear sentence that names the thing and what to do."""


class CameraOcrError(Exception):
    """Base of all errors whose message is shown to the user as it is; no traceback is."""


class SourceError(CameraOcrError):
    """A camera, file, folder or stream cannot be opened or read."""


class CameraLost(SourceError):
    """A live source stopped delivering frames; it may come back."""


class ImageError(SourceError):
    """An image file is empty, truncated, too large, or not an image."""


class ModelError(CameraOcrError):
    """A model or its card is missing, altered, or does not fit the other."""


class ReaderError(CameraOcrError):
    """Nothing can be read any more: there is no reader, or it failed again and again."""


class RuntimeMissing(CameraOcrError):
    """No usable TFLite runtime is installed, or the one asked for is not."""


class ConfigError(CameraOcrError):
    """The configuration file has an unknown key or a value out of range."""


class ExportError(CameraOcrError):
    """A result could not be written."""


class HistoryError(CameraOcrError):
    """The history of pages cannot be read or written."""


class HistoryDamaged(HistoryError):
    """The file of the history is not one, or not whole."""
