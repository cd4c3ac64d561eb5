"""`camera-ocr cameras`."""

import click

from camera_ocr.commands.common import report, write_result


@click.command()
def cameras() -> None:
    """List the cameras that can be opened, as --source takes them, with the sizes and rates they give."""
    from camera_ocr.capture import list_cameras

    found = list_cameras()
    for camera in found:
        modes = " ".join(f"{mode.width}x{mode.height}@{mode.fps:.0f}" for mode in camera.modes)
        write_result(f"{camera.device}\t{camera.name}\t{modes}\n")
    if not found:
        report("No camera was found; plug one in, or use --source demo.")
