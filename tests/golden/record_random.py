"""Records what PyTorch draws on the CPU, for tests/core/random/streams.test.ts.

    python3 tests/golden/record_random.py > tests/golden/random.json

Needs an x86-64 processor with AVX2: elsewhere PyTorch takes other logarithms, sines and cosines, whose
last bits differ. Versions 1.13 and 2.13 give one file, but for the line that names the version.
"""

import base64
import hashlib
import json

import torch

LONG = 64  # from here on only the first values and a hash are kept


def encode(values):
    raw = values.detach().numpy().astype("<f4").tobytes()
    if values.numel() < LONG:
        return {"values": base64.b64encode(raw).decode()}
    return {"head": base64.b64encode(raw[:16]).decode(), "sha256": hashlib.sha256(raw).hexdigest()}


def manual_seed(seed):
    torch.manual_seed(seed)
    return {"call": "manualSeed", "seed": seed}


def randn(size):
    return {"call": "randn", "size": size, **encode(torch.randn(size))}


def rand(size):
    return {"call": "rand", "size": size, **encode(torch.rand(size))}


def uniform(size, low, high):
    values = torch.empty(size).uniform_(low, high)
    return {"call": "uniform", "size": size, "from": low, "to": high, **encode(values)}


def linear(inputs, outputs):
    layer = torch.nn.Linear(inputs, outputs)
    bound = inputs**-0.5
    return [
        {"call": "uniform", "size": p.numel(), "from": -bound, "to": bound, **encode(p.flatten())}
        for p in (layer.weight, layer.bias)
    ]


def sessions():
    yield "randn(10, 3), randn(10, 2), Linear(3, 2)", [manual_seed(0), randn(30), randn(20), *linear(3, 2)]
    yield "fills of 1 to 15", [manual_seed(1), *(randn(size) for size in range(1, 16))]
    yield "fills of 16 to 40", [manual_seed(2), *(randn(size) for size in range(16, 41))]
    yield "long fills", [manual_seed(3), randn(1000), randn(100_003), rand(100_003), randn(1 << 20)]
    yield "short fills of both kinds", [
        manual_seed(4),
        *(step for size in range(1, 16) for step in (rand(size % 4), randn(size))),
    ]
    yield "a waiting number outlives long fills, but not seeding", [
        *(manual_seed(42), randn(1), randn(16), rand(3), randn(50), randn(2), randn(2)),
        *(manual_seed(42), randn(15), randn(100), manual_seed(42), randn(3)),
    ]
    yield "a uniform of 0 in the place of a radius", [manual_seed(1753191), randn(16)]
    for seed in (0, 1, 42, 2**31, 2**32 - 1, 2**32, 2**53 - 1, -1, -(2**53) + 1):
        yield f"seed {seed}", [manual_seed(seed), rand(4), randn(5), randn(20), randn(2), randn(1000)]
    for low, high in ((-1, 1), (-0.1, 0.37), (0.1, 1e6), (-0.00025, 7e3), (5, 5)):
        steps = [manual_seed(7), uniform(8, low, high), uniform(10_000, low, high)]
        yield f"uniform from {low} to {high}", steps


print(json.dumps(
    {
        "torch": torch.__version__,
        "sessions": [{"name": name, "steps": steps} for name, steps in sessions()],
    },
    indent=2,
))
