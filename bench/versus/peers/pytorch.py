"""PyTorch's Rprop. Usage: pytorch.py THREADS, then modes and file as ../peers.ts describes them."""

import json
import statistics
import sys
import time

import numpy
import torch
from torch import nn

WARM_UP, BATCH, MOST, LIMIT = 0.3, 0.2, 2.0, 20.0  # seconds; as in harness.js
BATCHES, CHECKED_EPOCHS = 3, 21

threads, mode, file, rows, widths, target = sys.argv[1:]
torch.set_num_threads(int(threads))
rows, widths = int(rows), [int(width) for width in widths.split(",")]


def trainer():
    """A step from the problem's weights, which gives the loss before it as a tensor."""
    values = torch.from_numpy(numpy.fromfile(file, dtype=numpy.float32))
    at = 0

    def take(*shape):
        nonlocal at
        count = int(numpy.prod(shape))
        at += count
        return values[at - count : at].reshape(shape).clone()

    x, y = take(rows, widths[0]), take(rows, widths[-1])
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        linear = nn.Linear(inputs, outputs)
        with torch.no_grad():
            linear.weight.copy_(take(outputs, inputs))
            linear.bias.copy_(take(outputs))
        layers += [nn.Tanh(), linear] if layers else [linear]
    model, criterion = nn.Sequential(*layers), nn.MSELoss()
    optimizer = torch.optim.Rprop(model.parameters())

    def epoch():
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return epoch


def microseconds(epoch):
    def timed(epochs):
        start = time.perf_counter()
        for _ in range(epochs):
            epoch()
        return time.perf_counter() - start

    epochs = 1
    spent = took = timed(epochs)
    while spent < WARM_UP:
        if took < WARM_UP / 4:
            epochs *= 2
        took = timed(epochs)
        spent += took
    epochs = max(1, int(epochs * BATCH / took + 0.999))
    batches = []
    spent = 0
    while len(batches) < BATCHES and spent < MOST:
        took = timed(epochs)
        spent += took
        batches.append(took / epochs)
    return statistics.median_high(batches) * 1e6


def reach(epoch, limit):
    start = time.perf_counter()
    epochs = 0
    while True:
        loss = epoch().item()
        took = time.perf_counter() - start
        if loss <= float(target) or took > limit:
            return {"epochs": epochs, "loss": loss, "milliseconds": took * 1000}
        epochs += 1


epoch = trainer()
report = {"version": torch.__version__}
if mode == "losses":
    report["losses"] = [epoch().item() for _ in range(CHECKED_EPOCHS)]
elif mode == "epoch":
    report["loss"] = epoch().item()
    report["microseconds"] = microseconds(epoch)
else:
    warm = time.perf_counter() + WARM_UP
    while time.perf_counter() < warm:
        reach(trainer(), WARM_UP)
    report.update(reach(epoch, LIMIT))
print(json.dumps(report))
