"""Scenes with ground truth: sheets of writing on a desk, seen by a simulated webcam, as stills and films.

`stills.still` and `films.Film` make them; each depends on its seed and the material only.
"""
