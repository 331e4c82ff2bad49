"""Goes on with a model for so many epochs, for both-ways.test.ts: train.py FROM TO DATA EPOCHS.

FROM is a file, or new:SEED for the test's model as PyTorch starts it.
"""

import sys

import torch
from rprop_files import load, read_safetensors, save
from torch import nn

source, target, data, epochs = sys.argv[1:]
torch.set_num_threads(1)
tensors, _ = read_safetensors(data)
if source.startswith("new:"):
    torch.manual_seed(int(source[4:]))
    torch.randn(33, 3), torch.randn(33, 4)
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 4))
    optimizer, metadata = torch.optim.Rprop(model.parameters()), {"by": "PyTorch"}
else:
    model, optimizer, metadata = load(source)
criterion = nn.MSELoss()
for _ in range(int(epochs)):
    optimizer.zero_grad()
    loss = criterion(model(tensors["x"]), tensors["y"])
    loss.backward()
    optimizer.step()
save(target, model, optimizer, metadata)
