"""Records Linear, MSELoss and Rprop, for tests/api/nn/golden.test.ts.

    python3 tests/golden/record_linear.py > tests/golden/linear.json
"""

import torch
from recording import encode, write

NEAR_ZERO = 1e-6  # of the largest gradient of the first epoch: below, the sign is a matter of rounding

FIRST_AND_EVERY_10TH = [*range(10), *range(10, 200, 10), 199]
SPARSE = [0, 1, 2, 5, 10, 20, 50, 199]  # for many parameters
CASES = [
    # name, draw, rows, inFeatures, outFeatures, bias, reduction, epochs, recorded
    ("10 rows, 3 to 2", "rand", 10, 3, 2, True, "mean", 200, list(range(200))),
    ("10 rows, 3 to 2, sum", "rand", 10, 3, 2, True, "sum", 200, FIRST_AND_EVERY_10TH),
    ("100 rows, 10 to 1", "rand", 100, 10, 1, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("300 rows, 5 to 4", "rand", 300, 5, 4, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("1000 rows, 8 to 3", "rand", 1000, 8, 3, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("64 rows, 16 to 16 without bias", "rand", 64, 16, 16, False, "mean", 200, SPARSE),
    ("the quickstart", "randn", 10, 3, 2, True, "mean", 100, list(range(100))),
]


def run(draw, rows, inputs, outputs, bias, reduction, epochs, recorded):
    torch.manual_seed(0)
    x = getattr(torch, draw)(rows, inputs)
    y = getattr(torch, draw)(rows, outputs)
    linear = torch.nn.Linear(inputs, outputs, bias=bias)
    criterion = torch.nn.MSELoss(reduction=reduction)
    optimizer = torch.optim.Rprop(linear.parameters(), lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-6, 50))
    params = list(linear.parameters())
    losses, kept, clear = [], {"gradients": [], "parameters": [], "stepSizes": []}, epochs
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(linear(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        gradients = torch.cat([p.grad.flatten() for p in params])
        if epoch == 0:
            near = NEAR_ZERO * gradients.abs().max()
        if clear == epochs and gradients.abs().min() < near:
            clear = epoch
        if epoch in recorded:
            kept["gradients"].append(gradients)
            kept["parameters"].append(torch.cat([p.detach().flatten() for p in params]))
            kept["stepSizes"].append(torch.cat([optimizer.state[p]["step_size"].flatten() for p in params]))
    return {
        "clear": clear,  # epochs before the first one that has a gradient near zero
        "losses": encode(torch.stack(losses)),
        **{name: encode(torch.stack(values)) for name, values in kept.items()},
    }


KEYS = ("draw", "rows", "inFeatures", "outFeatures", "bias", "reduction", "epochs", "recorded")
write({"cases": [{"name": name, **dict(zip(KEYS, case)), **run(*case)} for name, *case in CASES]})
