"""What this process takes of the machine: processor time by thread, memory, threads, open handles.

Read from /proc; elsewhere than on Linux only the processor time of the whole is known.
"""

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Usage:
    """At one moment."""

    cpu_s: float
    """Processor time since the process began, of all its threads."""
    by_thread_s: dict[str, float] = field(default_factory=dict)
    """The same of Python's threads that are alive, by their names; empty where it cannot be told."""
    memory_mb: float | None = None
    """Resident; None where it cannot be told, as below."""
    threads: int | None = None
    """Of every kind, those of libraries too."""
    handles: int | None = None
    """Open files, sockets, devices."""


def usage() -> Usage:
    """What this process takes now."""
    cpu_s = time.process_time()
    try:
        pages = int((_PROC / "statm").read_text().split()[1])
        return Usage(
            cpu_s,
            {thread.name: _cpu_of(thread.native_id) for thread in threading.enumerate() if thread.native_id},
            round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1),
            len(os.listdir(_PROC / "task")),
            # one of them is the folder that is being listed
            len(os.listdir(_PROC / "fd")) - 1,
        )
    except OSError:
        return Usage(cpu_s)


def _cpu_of(thread: int) -> float:
    """Processor seconds of one thread; 0 when it has just ended."""
    try:
        told = (_PROC / "task" / str(thread) / "stat").read_text()
    except OSError:
        return 0.0
    # the name, in brackets, may hold spaces; utime and stime are the 12th and 13th after it
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
