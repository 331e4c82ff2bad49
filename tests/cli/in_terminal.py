"""Runs a command in a terminal of so many columns, and passes on what it writes: in_terminal.py COLUMNS COMMAND..."""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, command = int(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
while True:
    try:
        written = os.read(terminal, 65536)
    except OSError:  # Linux says so at the end
        break
    if not written:
        break
    os.write(1, written)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
