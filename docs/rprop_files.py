"""Reads and writes the files of rprop, the JavaScript library, in PyTorch: a model and its torch.optim.Rprop.

    from rprop_files import load, save
    model, optimizer, metadata = load("model.safetensors")
    save("model.safetensors", model, optimizer)

The files are safetensors; those who have its package can read the tensors with safetensors.torch.load_file.
"""

import json
import os
import struct

import torch
from torch import nn

DTYPES = {"F32": torch.float32, "F64": torch.float64}
# Every activation of rprop by its name: PyTorch's class, what an option is called in files and there, and what else the class
# has to be made with to compute the same.
ACTIVATIONS = {
    "Tanh": (nn.Tanh, {}, {}),
    "Sigmoid": (nn.Sigmoid, {}, {}),
    "ReLU": (nn.ReLU, {}, {}),
    "LeakyReLU": (nn.LeakyReLU, {"negativeSlope": "negative_slope"}, {}),
    "GELU": (nn.GELU, {}, {"approximate": "tanh"}),
    "SiLU": (nn.SiLU, {}, {}),
    "Softplus": (nn.Softplus, {}, {"beta": 1, "threshold": 20}),
    "Mish": (nn.Mish, {}, {}),
    "ELU": (nn.ELU, {"alpha": "alpha"}, {}),
}


class Normalization(nn.Module):
    """Columns to mean 0 and deviation 1, or with invert back to their units."""

    def __init__(self, mean, deviation, invert=False):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.invert = invert

    def forward(self, x):
        return x * self.deviation + self.mean if self.invert else (x - self.mean) / self.deviation


class Ensemble(nn.ModuleList):
    """The mean of its members' outputs, or of their probabilities: softmax, or sigmoid where there is one output."""

    def __init__(self, modules, average="output"):
        super().__init__(modules)
        if average not in ("output", "probabilities"):
            raise ValueError(f'average: expected "output" or "probabilities", got {average!r}')
        self.average = average

    def forward(self, x):
        outputs = [each(x) for each in self]
        if self.average == "probabilities":
            outputs = [torch.sigmoid(y) if y.shape[-1] == 1 else torch.softmax(y, -1) for y in outputs]
        return torch.stack(outputs).double().mean(0).to(outputs[0].dtype)


def load(path):
    """The model, its torch.optim.Rprop or None, and the texts that were saved with them."""
    tensors, metadata = read_safetensors(path)
    if "rprop" not in metadata:
        raise ValueError(f"{path}: a safetensors file, but none of rprop's")
    description = json.loads(metadata.pop("rprop"))
    if description["version"] != 1:
        raise ValueError(f"{path}: version {description['version']} of rprop's files")
    model = module_of(description["model"])
    model.load_state_dict({k: v for k, v in tensors.items() if not k.startswith("optimizer.")})
    saved = description.get("optimizer")
    optimizer = saved and optimizer_of(path, saved, dict(model.named_parameters()), tensors)
    return model, optimizer, metadata


def save(path, model, optimizer=None, metadata=None):
    """Writes what decode() of rprop reads, numbers in float32; metadata are texts by name.

    The model may be of nn.Sequential, nn.Linear, Normalization and activations, or an Ensemble of such models; names of an
    nn.Sequential's own become numbers. What rprop does not have raises TypeError or ValueError, and nothing is written.
    """
    description = {"version": 1, "model": architecture_of(model)}
    parts = parts_of(model)
    named = [(place + name, parameter) for place, part in parts for name, parameter in part.named_parameters()]
    names = {parameter: name for name, parameter in named}
    if len(names) < len(named):
        raise ValueError("rprop has no parameter in two places")
    tensors = {place + name: tensor for place, part in parts for name, tensor in part.state_dict().items()}
    if optimizer is not None:
        description["optimizer"] = saved_optimizer(optimizer, names, tensors)
    metadata = metadata or {}
    if "rprop" in metadata or not all(isinstance(text, str) for text in metadata.values()):
        raise TypeError('metadata: expected texts by name, none of the name "rprop"')
    write_safetensors(path, tensors, {**metadata, "rprop": json.dumps(description)})


def module_of(layer):
    kind = layer["type"]
    if kind == "Sequential":
        return nn.Sequential(*map(module_of, layer["modules"]))
    if kind == "Ensemble":
        return Ensemble(map(module_of, layer["modules"]), layer["average"])
    if kind == "Linear":
        return nn.Linear(layer["inFeatures"], layer["outFeatures"], bias=layer["bias"])
    if kind == "Normalization":
        columns = layer["columns"]
        return Normalization(torch.zeros(columns), torch.ones(columns), layer["invert"])
    there, options, fixed = ACTIVATIONS[kind]
    return there(**{name: layer[field] for field, name in options.items()}, **fixed)


def is_a(module, kind):
    """Whether the module is of this kind, and computes what that does."""
    return isinstance(module, kind) and type(module).forward is kind.forward


def architecture_of(module, within=False):
    """The description of a module, which is within another one or the model itself, as an Ensemble is."""
    if is_a(module, Ensemble) and len(module) > 0 and not within:
        modules = [architecture_of(each, True) for each in module]
        return {"type": "Ensemble", "average": module.average, "modules": modules}
    if is_a(module, nn.Sequential) and len(module) > 0:
        return {"type": "Sequential", "modules": [architecture_of(each, True) for each in module]}
    if is_a(module, nn.Linear):
        bias = module.bias is not None
        return {"type": "Linear", "inFeatures": module.in_features, "outFeatures": module.out_features, "bias": bias}
    if is_a(module, Normalization):
        return {"type": "Normalization", "columns": len(module.mean), "invert": module.invert}
    for kind, (there, options, fixed) in ACTIVATIONS.items():
        if is_a(module, there) and all(getattr(module, name) == value for name, value in fixed.items()):
            return {"type": kind, **{field: getattr(module, name) for field, name in options.items()}}
    raise TypeError(f"rprop has no {module if isinstance(module, nn.Module) else type(module)} as a module")


def parts_of(module, place=""):
    """What a Sequential or an Ensemble consists of in the end, each with the place that names begin with, such as 1.2."""
    if isinstance(module, (nn.Sequential, Ensemble)):
        return [part for i, each in enumerate(module) for part in parts_of(each, f"{place}{i}.")]
    return [(place, module)]


def optimizer_of(path, saved, parameters, tensors):
    groups = []
    for group in saved["param_groups"]:
        beyond = {"variant": "irprop-", "weight_decay": 0, "bounds": [None, None], "non_finite": "skip"}
        given = {**group, "non_finite": saved["non_finite"]}
        for option, plain in beyond.items():
            if given.get(option, plain) != plain:
                problem = f"torch.optim.Rprop has no {option} = {given[option]}"
                raise ValueError(f"{path}: {problem}; the model can be saved without its optimizer")
        options = {key: group[key] for key in ("lr", "maximize") if key in group}
        etas, step_sizes = tuple(group["etas"]), tuple(group["step_sizes"])
        groups.append({"params": [parameters[name] for name in group["params"]], "etas": etas, "step_sizes": step_sizes, **options})
    optimizer = torch.optim.Rprop(groups)
    for name, step in saved["steps"].items():
        prev, step_size = (tensors[f"optimizer.{name}.{key}"] for key in ("prev", "step_size"))
        optimizer.state[parameters[name]] = {"step": torch.tensor(float(step)), "prev": prev, "step_size": step_size}
    return optimizer


def saved_optimizer(optimizer, names, tensors):
    if not isinstance(optimizer, torch.optim.Rprop):
        raise TypeError(f"rprop has no optimizer {type(optimizer).__name__}")
    if not all(parameter in names for group in optimizer.param_groups for parameter in group["params"]):
        raise ValueError("the optimizer has a parameter that the model does not have")
    groups, steps = [], {}
    for group in optimizer.param_groups:
        smallest, largest = group["step_sizes"]
        if not 0 <= smallest <= largest < float("inf"):
            raise ValueError(f"rprop has no step_sizes = {group['step_sizes']}")
        options = {key: group[key] for key in ("lr", "etas", "step_sizes", "maximize") if key in group}
        groups.append({"params": [names[parameter] for parameter in group["params"]], **options})
    for parameter, state in optimizer.state.items():
        name = names[parameter]
        steps[name] = int(state["step"])
        for key in ("prev", "step_size"):
            tensors[f"optimizer.{name}.{key}"] = state[key]
    return {"param_groups": groups, "steps": steps, "non_finite": "skip"}


def read_safetensors(path):
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        rest = file.read()
    if length == 0 or length > len(rest):
        raise ValueError(f"{path}: no safetensors file, or a part of one")
    header, data = json.loads(rest[:length]), bytearray(rest[length:])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if end > len(data):
            raise ValueError(f"{path}: no safetensors file, or a part of one")
        dtype = DTYPES[entry["dtype"]]
        flat = torch.frombuffer(data[begin:end], dtype=dtype) if end > begin else torch.empty(0, dtype=dtype)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


def write_safetensors(path, tensors, metadata):
    header, chunks, end = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        chunk = tensor.detach().contiguous().float().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + len(chunk)]}
        chunks.append(chunk)
        end += len(chunk)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.remove(beside)
        raise
