"""Records what PyTorch's Rprop does with given gradients, for tests/api/optim/golden.test.ts.

    python3 tests/golden/record_rprop.py > tests/golden/rprop.json
"""

import torch
from recording import encode, torch_options, write

STEPS = 55


def ordinary_gradients():
    """Signs that stay, flip every time or flip at random; exact zeros; magnitudes from 1e-18 to 1e6.

    The product of any two is a normal float32, so that PyTorch's product of gradients never underflows.
    """
    flips = torch.tensor([0, 0, 0, 1, 1, 1, 0.02, 0.05, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.5, 0.5, 0.1])
    zeros = torch.tensor([0, 0, 0.03, 0, 0, 0.03, 0, 0, 0, 0.1, 0, 0.1, 0, 0.2, 0, 0.3, 0.5])
    turned = torch.rand(STEPS, len(flips)) < flips
    signs = torch.where(turned, -1.0, 1.0).cumprod(0) * torch.where(torch.rand(len(flips)) < 0.5, -1.0, 1.0)
    sizes = 10 ** (torch.rand(STEPS, len(flips)) * 24 - 18)
    gradients = signs * sizes
    # Multiplied rather than replaced: half of the zeros are −0.
    return gradients * torch.where(torch.rand(STEPS, len(flips)) < zeros, 0.0, 1.0)


def non_finite_gradients():
    """6 steps × 49: each column is three ordered pairs of special values, the first of them all in turn."""
    nan, inf = float("nan"), float("inf")
    values = [0.0, -0.0, 1.0, -2.0, inf, -inf, nan]
    pairs = torch.tensor([[a, b] for a in values for b in values])
    return torch.cat([pairs, torch.roll(pairs, 1, 0), torch.roll(pairs, 8, 0)], 1).T.contiguous()


def tiny_gradients():
    """Normal float32 numbers whose products underflow to 0."""
    signs = torch.where(torch.rand(16, 9) < 0.3, -1.0, 1.0).cumprod(0)
    return signs * (1 + torch.rand(16, 9)) * 1e-25


def streams():
    torch.manual_seed(2000)
    ordinary, tiny = ordinary_gradients(), tiny_gradients()
    all_gradients = {
        "ordinary": ordinary,
        "nonFinite": non_finite_gradients(),
        "tiny": tiny,
        "scaled": tiny * 2.0**60,
    }
    for name, gradients in all_gradients.items():
        steps, size = gradients.shape
        torch.manual_seed(size)
        start = torch.randn(size)
        start[1], start[2] = 0.0, -0.0
        yield name, {"steps": steps, "size": size, "start": start, "gradients": gradients}


CASES = [
    ("defaults", "ordinary", {}, None),
    ("lr 2e-4", "ordinary", {"lr": 2e-4}, None),
    ("etas (0.5, 1.5)", "ordinary", {"etas": [0.5, 1.5]}, None),
    ("step sizes (2e-6, 100)", "ordinary", {"stepSizes": [2e-6, 100]}, None),
    ("maximize", "ordinary", {"maximize": True}, None),
    ("lr 0", "ordinary", {"lr": 0}, None),
    ("lr 100", "ordinary", {"lr": 100}, None),
    (
        "two groups",
        "ordinary",
        {"lr": 0.1, "etas": [0.3, 1.1]},
        [(7, {"maximize": True, "stepSizes": [0.01, 1]}), (10, {"lr": 0.002, "etas": [0.7, 1.3]})],
    ),
    ("gradients that are not finite", "nonFinite", {}, None),
    ("gradients that are not finite, maximize", "nonFinite", {"maximize": True}, None),
    ("gradients whose products underflow", "tiny", {}, None),
    ("the same gradients times 2^60", "scaled", {}, None),
]


def run(stream, options, groups):
    groups = groups or [(stream["size"], {})]
    start = stream["start"].split([size for size, _ in groups])
    params = [torch.nn.Parameter(part.clone()) for part in start]
    optimizer = torch.optim.Rprop(
        [{"params": [p], **torch_options(own)} for p, (_, own) in zip(params, groups)],
        **torch_options(options),
    )
    rows = {"data": [], "prev": [], "stepSize": []}
    for gradient in stream["gradients"]:
        for p, part in zip(params, gradient.split([size for size, _ in groups])):
            p.grad = part.clone()
        optimizer.step()
        rows["data"].append(torch.cat([p.detach() for p in params]))
        rows["prev"].append(torch.cat([optimizer.state[p]["prev"] for p in params]))
        rows["stepSize"].append(torch.cat([optimizer.state[p]["step_size"] for p in params]))
    return {
        "options": options,
        "groups": [{"size": size, "options": own} for size, own in groups],
        **{name: encode(torch.stack(values)) for name, values in rows.items()},
    }


by_name = dict(streams())
write({
    "streams": {
        name: {**stream, "start": encode(stream["start"]), "gradients": encode(stream["gradients"])}
        for name, stream in by_name.items()
    },
    "cases": [
        {"name": name, "stream": stream, **run(by_name[stream], options, groups)}
        for name, stream, options, groups in CASES
    ],
})
