"""What the recordings of PyTorch's training have in common.

Arrays are base64 of little-endian float32, one step after another. Recorded with PyTorch 1.13.1 on an
x86-64 processor with AVX2, which record_random.py needs too. On another processor the last bits of what
is drawn may differ, and those of losses and gradients, as the order of PyTorch's sums does.
"""

import base64
import json

import torch

torch.set_num_threads(1)

NAMES = {"stepSizes": "step_sizes", "labelSmoothing": "label_smoothing"}


def encode(values):
    return base64.b64encode(values.detach().numpy().astype("<f4").tobytes()).decode()


def torch_options(options):
    """Options as this library names them, renamed; class weights as a tensor."""
    tensors = {"weight": torch.tensor(options["weight"])} if "weight" in options else {}
    return {NAMES.get(key, key): value for key, value in {**options, **tensors}.items()}


def write(contents):
    print(json.dumps({"torch": torch.__version__, **contents}))
