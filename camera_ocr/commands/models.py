"""`camera-ocr models`."""

import click


@click.command()
def models() -> int:
    """List the models that come with the program, what their cards say, and the TFLite runtimes."""
    return 0
