"""Records two layers around every activation, under every loss, trained by Rprop, for
tests/api/nn/golden-mlp.test.ts.

    PYTHONPATH=docs python3 tests/golden/record_mlp.py tests/golden/mlp.json > build/mlp.json

The cases of a file that is named are kept, and those it lacks are recorded: on another processor all would be others.

Of the seeds from 0 each case takes the first one whose gradients all stay clear of zero, so that rounding
turns no sign: one sign that differs makes all that follows another run.
"""

import json
import sys
from copy import deepcopy
from itertools import count

import torch
from recording import encode, torch_options, write
from rprop_files import ACTIVATIONS

# The gradients of L1Loss are sums of ±w: an odd number of rows, and several outputs, keep these from
# cancelling, where nothing but rounding would be left.
ROWS, OUTPUTS = 33, 4
EPOCHS = 100
RECORDED = [0, 1, 2, 10, 50, EPOCHS - 1]
CLEAR = 8  # times the largest rounding error: farther than this from zero, no sign is a matter of rounding

# Made of y, which is normally distributed.
TARGETS = {
    "numbers": lambda y: y,
    "yes or no": lambda y: (y > 0).float(),
    "probabilities": lambda y: torch.sigmoid(3 * y),
    "class indices": lambda y: y.argmax(1),
    "class probabilities": lambda y: torch.softmax(3 * y, 1),
}

SUM, WEIGHT = {"reduction": "sum"}, {"weight": [0.5, 2.0, 1.0, 0.25]}
# The activations take these in turn.
LOSSES = {
    "MSELoss": [("numbers", {})],
    "L1Loss": [("numbers", {}), ("numbers", SUM)],
    "HuberLoss": [("numbers", {"delta": 0.5}), ("numbers", SUM)],
    "BCELoss": [("yes or no", {}), ("probabilities", SUM)],
    "BCEWithLogitsLoss": [("probabilities", {}), ("yes or no", SUM)],
    "CrossEntropyLoss": [
        ("class indices", {}),
        ("class indices", {"labelSmoothing": 0.1, **SUM}),
        ("class indices", WEIGHT),
        ("class indices", {"labelSmoothing": 0.1, **WEIGHT}),
        ("class probabilities", {}),
        ("class probabilities", {**SUM, **WEIGHT}),
        ("class probabilities", {"labelSmoothing": 0.3, **WEIGHT}),
    ],
}


def propagate(model, criterion, x, target):
    """The loss, the predictions, and the gradients of all parameters in a row."""
    model.zero_grad()
    prediction = model(x)
    value = criterion(prediction, target)
    value.backward()
    return value.detach(), prediction.detach(), torch.cat([p.grad.flatten() for p in model.parameters()])


def in_float64(model, criterion, x, target):
    aim = target.double() if target.is_floating_point() else target
    return deepcopy(model).double(), deepcopy(criterion).double(), x.double(), aim


def clear(values, exact):
    return values.abs().min() > CLEAR * (values - exact).abs().max()


def run(seed, activation, loss, targets, options):
    """What is recorded of a run; None where a gradient comes near zero."""
    torch.manual_seed(seed)
    x, y = torch.randn(ROWS, 3), torch.randn(ROWS, OUTPUTS)
    kind, _, fixed = ACTIVATIONS[activation]
    layers = [torch.nn.Linear(3, 5), kind(**fixed), torch.nn.Linear(5, OUTPUTS)]
    model = torch.nn.Sequential(*layers, *([torch.nn.Sigmoid()] if loss == "BCELoss" else []))
    target = TARGETS[targets](y)
    criterion = getattr(torch.nn, loss)(**torch_options(options))
    optimizer = torch.optim.Rprop(model.parameters())
    params = list(model.parameters())
    start = torch.cat([p.detach().flatten() for p in params])
    losses, kept = [], {"gradients": [], "parameters": []}
    for epoch in range(EPOCHS):
        value, prediction, slopes = propagate(model, criterion, x, target)
        _, exact, exact_slopes = propagate(*in_float64(model, criterion, x, target))
        if not clear(slopes, exact_slopes):
            return None
        # The gradient of L1Loss jumps where they are equal.
        if loss == "L1Loss" and not clear(prediction - target, exact - target):
            return None
        optimizer.step()
        losses.append(value)
        if epoch in RECORDED:
            kept["gradients"].append(slopes)
            kept["parameters"].append(torch.cat([p.detach().flatten() for p in params]))
    return {
        "seed": seed,
        "names": [name for name, _ in model.named_parameters()],
        "target": encode(target),
        "start": encode(start),
        "losses": encode(torch.stack(losses)),
        **{name: encode(torch.stack(values)) for name, values in kept.items()},
    }


def cases(kept):
    for loss, variants in LOSSES.items():
        for i, activation in enumerate(ACTIVATIONS):
            targets, options = variants[i % len(variants)]
            what = {"activation": activation, "loss": loss, "targets": targets, "options": options}
            known = next((case for case in kept if {key: case[key] for key in what} == what), None)
            yield known or {**what, **next(filter(None, (run(seed, *what.values()) for seed in count())))}


kept = json.load(open(sys.argv[1]))["cases"] if len(sys.argv) > 1 else []
write({"rows": ROWS, "outputs": OUTPUTS, "epochs": EPOCHS, "recorded": RECORDED, "cases": list(cases(kept))})
