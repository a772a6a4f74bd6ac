"""The pocket model once more, in PyTorch on one thread: same weights, same arithmetic, same optimiser.

Speaks lines of JSON. Asked {"config", "weights": file, "batch": [[token]]}, it loads the weights (float32, one
matrix after the other, the embedding first) and answers {"version", "loss", "logits": file} of a forward pass.
Asked {"steps": n}, it trains so many steps and answers {"seconds", "losses"}: of the processor.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_flush_denormal(True)


class Model:
    def __init__(self, config, path):
        self.config = config
        width, size = config["width"], config["width"] // config["heads"]
        shapes = [(config["vocabulary"], width)]
        for _ in range(config["layers"]):
            shapes += [(width, width)] * 4 + [(width, 4 * width), (4 * width, width)]
        numbers = torch.frombuffer(bytearray(open(path, "rb").read()), dtype=torch.float32)
        self.weights, at = [], 0
        for rows, columns in shapes:
            part = numbers[at : at + rows * columns].reshape(rows, columns)
            self.weights.append(part.clone().requires_grad_())
            at += rows * columns
        pairs = torch.arange(size // 2, dtype=torch.float64)
        positions = torch.arange(config["context"], dtype=torch.float64)
        angles = positions[:, None] * torch.exp(-math.log(10000) * pairs / (size // 2))[None]
        self.cos, self.sin = angles.cos().float(), angles.sin().float()

    def normalise(self, x):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6)

    def turn(self, x, length):
        """[batch × tokens × width] → [batch × heads × tokens × size], each pair turned by its position."""
        x = self.split(x, length)
        left, right = x.chunk(2, -1)
        cos, sin = self.cos[:length], self.sin[:length]
        return torch.cat([left * cos - right * sin, left * sin + right * cos], -1)

    def split(self, x, length):
        return x.reshape(x.shape[0], length, self.config["heads"], -1).transpose(1, 2)

    def logits(self, tokens):
        batch, length = tokens.shape
        width, heads = self.config["width"], self.config["heads"]
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        embedding, *rest = self.weights
        x = F.embedding(tokens, embedding)
        for layer in range(self.config["layers"]):
            query, key, value, output, up, down = rest[6 * layer : 6 * layer + 6]
            read = self.normalise(x)
            before = F.pad(read[:, :-1, : width // 2], (0, 0, 1, 0))
            shifted = torch.cat([before, read[:, :, width // 2 :]], -1)
            q, k = self.turn(read @ query, length), self.turn(shifted @ key, length)
            v = self.split(read @ value, length)
            if hasattr(F, "scaled_dot_product_attention"):  # from PyTorch 2.0 on
                mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            else:
                scores = q @ k.transpose(-1, -2) * (width // heads) ** -0.5
                mixed = scores.masked_fill(future, -math.inf).softmax(-1) @ v
            x = x + mixed.transpose(1, 2).reshape(batch, length, width) @ output
            x = x + F.relu(self.normalise(x) @ up).square() @ down
        return self.normalise(x) @ embedding.T


def answer(message):
    print(json.dumps(message), flush=True)


for line in sys.stdin:
    asked = json.loads(line)
    if "config" in asked:
        model = Model(asked["config"], asked["weights"])
        batch = torch.tensor(asked["batch"])
        tokens, targets = batch[:, :-1].contiguous(), batch[:, 1:].reshape(-1)
        optimiser = torch.optim.AdamW(
            model.weights, lr=1e-3, betas=(0.9, 0.95), eps=1e-8, weight_decay=0.05, foreach=True
        )
        with torch.no_grad():
            logits = model.logits(tokens)
            loss = F.cross_entropy(logits.reshape(len(targets), -1), targets)
        with open(asked["logits"], "wb") as file:
            file.write(logits.numpy().tobytes())
        answer({"version": torch.__version__, "loss": loss.item()})
    else:
        losses = []
        start = time.process_time()
        for _ in range(asked["steps"]):
            loss = F.cross_entropy(model.logits(tokens).reshape(len(targets), -1), targets)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.weights, 1.0)
            optimiser.step()
            losses.append(loss.item())
        answer({"seconds": time.process_time() - start, "losses": losses})
