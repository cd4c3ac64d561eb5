"""`camera-ocr cameras`."""

import click

from camera_ocr.commands.common import report, write_result


@click.command()
def cameras() -> None:
    """List the cameras that can be opened, as --source takes them."""
    from camera_ocr.capture import list_cameras

    found = list_cameras()
    for camera in found:
        write_result(f"{camera.device}\t{camera.name}\n")
    if not found:
        report("No camera was found; plug one in, or use --source demo.")
