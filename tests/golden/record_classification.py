"""Records values and gradients of losses of classification, for tests/api/nn/golden-classification.test.ts.

    python3 tests/golden/record_classification.py > tests/golden/classification.json
"""

import torch
from recording import encode, torch_options, write

WEIGHTS = [0.5, 2.0, 1.0, 0.25]
CASES = [
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


def run(loss, target, options, reduction):
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
    value = getattr(torch.nn, loss)(reduction=reduction, **torch_options(options))(prediction, aims[target])
    value.backward()
    return {
        "rows": rows,
        "classes": classes,
        "prediction": encode(prediction),
        "target": encode(aims[target]),
        "value": value.item(),
        "gradient": encode(prediction.grad),
    }


write({
    "cases": [
        {
            "name": f"{name}, {reduction}",
            "loss": loss,
            "targets": target,
            "options": {"reduction": reduction, **options},
            **run(loss, target, options, reduction),
        }
        for name, loss, target, options in CASES
        for reduction in ("mean", "sum")
    ]
})
