"""The second wall: a process that cannot open a connection, whatever the engine is told to do.

On Linux, the kernel refuses the process, and all threads it starts, every new socket (a seccomp filter, which needs no
rights); where the filter is not known for the processor, the process gets a network of its own without any device.
Other systems have only the first wall (`kg.store.walls`).

Source: ``Documentation/userspace-api/seccomp_filter.rst`` of the Linux kernel; numbers of the calls from its tables.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterator

# Processor ─▶ its AUDIT_ARCH, and the calls refused: socket, connect, io_uring_setup (which can do both unseen).
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 425)),
    "aarch64": (0xC00000B7, (198, 203, 425)),
    "riscv64": (0xC00000F3, (198, 203, 425)),
}
_OF_X32 = 0x40000000
"""Calls by the numbers of another convention, which x86-64 takes as well."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES

_ulong = ctypes.c_ulong


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def seal() -> bool:
    """Take from this process, for ever, the means to open a connection; whether that could be done."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    machine = platform.machine()
    if machine in _MACHINES and struct.calcsize("P") == 8:
        code = b"".join(_instructions(*_MACHINES[machine]))
        buffer = ctypes.create_string_buffer(code, len(code))
        program = _Program(len(code) // 8, ctypes.addressof(buffer))
        if (
            libc.prctl(_NO_NEW_PRIVILEGES, _ulong(1), _ulong(0), _ulong(0), _ulong(0)) == 0
            and libc.prctl(_SECCOMP, _ulong(_FILTER), ctypes.byref(program), _ulong(0), _ulong(0)) == 0
        ):
            return True
    return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)


def _instructions(architecture: int, refused: tuple[int, ...]) -> Iterator[bytes]:
    """The filter: refuse other conventions' calls, refuse these calls, allow the rest."""
    tests = [(_AT_LEAST, _OF_X32), *((_EQUAL, call) for call in refused)]
    yield _instruction(_LOAD, 4)
    yield _instruction(_EQUAL, architecture, 0, len(tests) + 2)
    yield _instruction(_LOAD, 0)
    for place, (test, value) in enumerate(tests):
        yield _instruction(test, value, len(tests) - place, 0)
    yield _instruction(_RETURN, _ALLOW)
    yield _instruction(_RETURN, _REFUSE)


def _instruction(code: int, value: int, if_so: int = 0, else_: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, else_, value)
