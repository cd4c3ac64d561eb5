"""Where frames come from: cameras, streams, files, folders, and the demo."""

from pathlib import Path

from camera_ocr.capture.base import CameraInfo, FrameSource
from camera_ocr.capture.demo import DemoSource
from camera_ocr.capture.devices import DEV_ROOT, list_cameras
from camera_ocr.capture.files import IMAGE_SUFFIXES, FolderSource, ImageSource, list_images, read_image
from camera_ocr.capture.opencv import VideoSource, open_camera, open_stream
from camera_ocr.errors import SourceError

__all__ = [
    "IMAGE_SUFFIXES",
    "CameraInfo",
    "DemoSource",
    "FolderSource",
    "FrameSource",
    "ImageSource",
    "list_cameras",
    "list_images",
    "open_source",
    "read_image",
]

_STREAMS = ("rtsp://", "rtsps://", "http://", "https://", "rtmp://", "udp://", "tcp://")


def open_source(
    spec: str, *, size: tuple[int, int] = (1280, 720), fps: float = 30, realtime: bool = True
) -> FrameSource:
    """Opens what the user named.

    `spec` is a camera's number or device, a video or image file, a folder of images, a stream's address,
    `picamera`, `demo`, or `camera` for the first camera there is. `size` = (width, height) px and `fps` are
    what cameras are asked for and what the demo gives. Without `realtime` a video file and the demo run as
    fast as they are taken, and the demo drops no frame. Raises SourceError with a sentence for the user.
    """
    if spec == "demo":
        return DemoSource(size=size, fps=fps, realtime=realtime)
    if spec == "camera":
        cameras = list_cameras()
        if not cameras:
            raise SourceError("No camera was found; plug one in, or choose a file or the demo.")
        spec = cameras[0].device
    if spec == "picamera":
        # a Pi's own package, and slow to import
        from camera_ocr.capture.picamera import open_picamera

        return open_picamera(size, fps)
    if spec.lower().startswith(_STREAMS):
        scheme, mark, rest = spec.partition("://")
        return open_stream(scheme.lower() + mark + rest)
    if spec.isdecimal():
        return open_camera(DEV_ROOT / f"video{int(spec)}", size, fps)
    return _open_path(spec, size, fps, realtime)


def _open_path(spec: str, size: tuple[int, int], fps: float, realtime: bool) -> FrameSource:
    if not spec or "\0" in spec:
        raise SourceError("No source was named; give a camera, a file, a folder, an address, or demo.")
    path = Path(spec)
    if path.is_relative_to(DEV_ROOT) and not path.is_file() and not path.is_dir():
        return open_camera(path, size, fps)
    if path.is_dir():
        return FolderSource(path)
    if not path.exists():
        raise SourceError(f"{spec} does not exist; check the name, or see `camera-ocr cameras`.")
    if path.suffix.lower() in IMAGE_SUFFIXES:
        return ImageSource(path)
    return VideoSource(path, realtime=realtime)
