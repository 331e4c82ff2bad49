"""Records what PyTorch's Rprop does on the CPU, for tests/optim/golden.test.ts,
tests/nn/golden.test.ts and tests/nn/golden-mlp.test.ts, and its losses of classification, for
tests/nn/golden-classification.test.ts.

    python3 tests/golden/record.py rprop > tests/golden/rprop.json
    python3 tests/golden/record.py linear > tests/golden/linear.json
    python3 tests/golden/record.py mlp > tests/golden/mlp.json
    python3 tests/golden/record.py classification > tests/golden/classification.json

Arrays are base64 of little-endian float32, one step after another. Recorded with PyTorch 1.13.1 on an
x86-64 processor with AVX2, which record_random.py needs too. On another processor the last bits of what
is drawn for rprop.json may differ, and those of losses and gradients in linear.json and mlp.json, as the
order of PyTorch's sums does.
"""

import base64
import json
import sys

import torch

torch.set_num_threads(1)


def encode(values):
    return base64.b64encode(values.detach().numpy().astype("<f4").tobytes()).decode()


def torch_options(options):
    """Options as this library names them, renamed."""
    names = {"lr": "lr", "etas": "etas", "stepSizes": "step_sizes", "maximize": "maximize"}
    return {names[key]: value for key, value in options.items()}


# ---- Rprop alone ----------------------------------------------------------------------------------------

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


RPROP_CASES = [
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


def run_rprop(stream, options, groups):
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


def rprop_file():
    by_name = dict(streams())
    return {
        "streams": {
            name: {**stream, "start": encode(stream["start"]), "gradients": encode(stream["gradients"])}
            for name, stream in by_name.items()
        },
        "cases": [
            {"name": name, "stream": stream, **run_rprop(by_name[stream], options, groups)}
            for name, stream, options, groups in RPROP_CASES
        ],
    }


# ---- Linear, MSELoss and Rprop --------------------------------------------------------------------------

NEAR_ZERO = 1e-6  # of the largest gradient of the first epoch: below, the sign is a matter of rounding

FIRST_AND_EVERY_10TH = [*range(10), *range(10, 200, 10), 199]
SPARSE = [0, 1, 2, 5, 10, 20, 50, 199]  # for many parameters
LINEAR_CASES = [
    # name, draw, rows, inFeatures, outFeatures, bias, reduction, epochs, recorded
    ("10 rows, 3 to 2", "rand", 10, 3, 2, True, "mean", 200, list(range(200))),
    ("10 rows, 3 to 2, sum", "rand", 10, 3, 2, True, "sum", 200, FIRST_AND_EVERY_10TH),
    ("100 rows, 10 to 1", "rand", 100, 10, 1, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("300 rows, 5 to 4", "rand", 300, 5, 4, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("1000 rows, 8 to 3", "rand", 1000, 8, 3, True, "mean", 200, FIRST_AND_EVERY_10TH),
    ("64 rows, 16 to 16 without bias", "rand", 64, 16, 16, False, "mean", 200, SPARSE),
    ("the quickstart", "randn", 10, 3, 2, True, "mean", 100, list(range(100))),
]


def run_linear(draw, rows, inputs, outputs, bias, reduction, epochs, recorded):
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


def linear_file():
    keys = ("draw", "rows", "inFeatures", "outFeatures", "bias", "reduction", "epochs", "recorded")
    return {
        "cases": [
            {"name": name, **dict(zip(keys, case)), **run_linear(*case)} for name, *case in LINEAR_CASES
        ]
    }


# ---- Linear(3, 5), an activation, Linear(5, 2), MSELoss and Rprop -----------------------------------------

MLP_ROWS, MLP_EPOCHS = 20, 100
MLP_RECORDED = [*range(10), *range(10, MLP_EPOCHS, 10), MLP_EPOCHS - 1]
ACTIVATIONS = {
    "Tanh": torch.nn.Tanh(),
    "Sigmoid": torch.nn.Sigmoid(),
    "ReLU": torch.nn.ReLU(),
    "LeakyReLU": torch.nn.LeakyReLU(),
    "GELU": torch.nn.GELU(approximate="tanh"),
    "SiLU": torch.nn.SiLU(),
    "Softplus": torch.nn.Softplus(),
}


def run_mlp(activation):
    torch.manual_seed(0)
    x, y = torch.randn(MLP_ROWS, 3), torch.randn(MLP_ROWS, 2)
    model = torch.nn.Sequential(torch.nn.Linear(3, 5), activation, torch.nn.Linear(5, 2))
    criterion = torch.nn.MSELoss()
    optimizer = torch.optim.Rprop(model.parameters())
    params = list(model.parameters())
    start = torch.cat([p.detach().flatten() for p in params])
    losses, kept = [], {"gradients": [], "parameters": []}
    for epoch in range(MLP_EPOCHS):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        if epoch in MLP_RECORDED:
            kept["gradients"].append(torch.cat([p.grad.flatten() for p in params]))
            kept["parameters"].append(torch.cat([p.detach().flatten() for p in params]))
    return {
        "names": [name for name, _ in model.named_parameters()],
        "start": encode(start),
        "losses": encode(torch.stack(losses)),
        **{name: encode(torch.stack(values)) for name, values in kept.items()},
    }


def mlp_file():
    return {
        "rows": MLP_ROWS,
        "epochs": MLP_EPOCHS,
        "recorded": MLP_RECORDED,
        "cases": [{"name": name, **run_mlp(activation)} for name, activation in ACTIVATIONS.items()],
    }


# ---- Losses of classification ------------------------------------------------------------------------------

WEIGHTS = [0.5, 2.0, 1.0, 0.25]
CLASSIFICATION_CASES = [
    # name, loss, target, options
    ("logits", "BCEWithLogitsLoss", "numbers", {}),
    ("probabilities", "BCELoss", "numbers", {}),
    ("class indices", "CrossEntropyLoss", "indices", {}),
    ("class indices, smoothed", "CrossEntropyLoss", "indices", {"labelSmoothing": 0.1}),
    ("class indices, weighted", "CrossEntropyLoss", "indices", {"weight": WEIGHTS}),
    ("class indices, both", "CrossEntropyLoss", "indices", {"labelSmoothing": 0.1, "weight": WEIGHTS}),
    ("class probabilities", "CrossEntropyLoss", "probabilities", {}),
    ("class probabilities, smoothed", "CrossEntropyLoss", "probabilities", {"labelSmoothing": 0.3}),
    ("class probabilities, weighted", "CrossEntropyLoss", "probabilities", {"weight": WEIGHTS}),
    (
        "class probabilities, both",
        "CrossEntropyLoss",
        "probabilities",
        {"labelSmoothing": 0.3, "weight": WEIGHTS},
    ),
]


def run_classification(loss, target, options, reduction):
    torch.manual_seed(0)
    rows, classes = 60, 4
    prediction = torch.randn(rows, classes) * 3
    if loss == "BCELoss":
        prediction = torch.sigmoid(prediction)
    else:
        prediction[0] = torch.tensor([100.0, -100, 0, 1])  # where what is not stable overflows
    prediction.requires_grad_()
    aims = {
        "numbers": torch.rand(rows, classes).round(decimals=1),
        "indices": torch.randint(classes, (rows,)),
        "probabilities": torch.softmax(torch.randn(rows, classes), 1),
    }
    names = {"labelSmoothing": "label_smoothing", "weight": "weight"}
    tensors = {"weight": torch.tensor(options["weight"])} if "weight" in options else {}
    given = {names[key]: value for key, value in {**options, **tensors}.items()}
    value = getattr(torch.nn, loss)(reduction=reduction, **given)(prediction, aims[target])
    value.backward()
    return {
        "rows": rows,
        "classes": classes,
        "prediction": encode(prediction),
        "target": encode(aims[target]),
        "value": value.item(),
        "gradient": encode(prediction.grad),
    }


def classification_file():
    return {
        "cases": [
            {
                "name": f"{name}, {reduction}",
                "loss": loss,
                "targets": target,
                "options": {"reduction": reduction, **options},
                **run_classification(loss, target, options, reduction),
            }
            for name, loss, target, options in CLASSIFICATION_CASES
            for reduction in ("mean", "sum")
        ]
    }


files = {
    "rprop": rprop_file,
    "linear": linear_file,
    "mlp": mlp_file,
    "classification": classification_file,
}
contents = files[sys.argv[1]]()
print(json.dumps({"torch": torch.__version__, **contents}))
