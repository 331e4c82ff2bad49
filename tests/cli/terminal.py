"""Runs a program in a terminal, as a person would: a plan of JSON comes in, a record of JSON goes out.

The plan: argv, columns, streams (which of stdin, stdout, stderr are the terminal; the others are files), env, and steps,
each a pattern to wait for in what the terminal shows, from where the last one was found on, and an act: keys to type, a
signal to send, or columns to resize to.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time


def resize(fd, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def lead():
    os.setsid()
    fcntl.ioctl(child_end, termios.TIOCSCTTY, 0)


plan = json.load(sys.stdin)
our_end, child_end = pty.openpty()
resize(our_end, plan["columns"])
streams = {}
for name in ("stdin", "stdout", "stderr"):
    streams[name] = child_end if name in plan["streams"] else open(name, "w+b")
process = subprocess.Popen(plan["argv"], preexec_fn=lead, env={**os.environ, **plan["env"]}, **streams)
os.close(child_end)

shown, seen, steps = b"", 0, plan["steps"]
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    if select.select([our_end], [], [], 0.05)[0]:
        try:
            piece = os.read(our_end, 65536)
        except OSError:  # nobody has the other end any more
            break
        shown += piece
    elif process.poll() is not None:
        break
    while steps:
        found = re.compile(steps[0]["wait"].encode(), re.M).search(shown, seen)
        if not found:
            break
        seen, step = found.end(), steps.pop(0)
        if "type" in step:
            os.write(our_end, step["type"].encode())
        if "signal" in step:
            process.send_signal(getattr(signal, step["signal"]))
        if "columns" in step:
            shown += b"\0%d\0" % step["columns"]
            seen = len(shown)
            resize(our_end, step["columns"])
if process.poll() is None and time.monotonic() >= deadline:
    process.kill()
code = process.wait()
files = {name: open(name).read() for name in ("stdout", "stderr") if name not in plan["streams"]}
json.dump({"code": code, "shown": shown.decode(), "waited": [step["wait"] for step in steps], **files}, sys.stdout)
