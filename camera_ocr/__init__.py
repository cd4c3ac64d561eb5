"""Camera OCR: handwriting, read live from a camera and from files."""

__version__ = "0.1.0"
