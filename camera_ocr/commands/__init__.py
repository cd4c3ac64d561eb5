"""The subcommands of `camera-ocr`, one small module each.

A module imports at its top only what tells its options; what does the work is imported when the command
runs. So --help is quick, and only `window` ever imports Qt.
"""
