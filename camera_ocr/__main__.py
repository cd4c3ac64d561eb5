"""`python -m camera_ocr` is `camera-ocr`."""

import sys

from camera_ocr.cli import main

sys.exit(main())
