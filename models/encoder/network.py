"""A BERT classifier for texts of as many tokens, in the plainest operators: what is exported.

There is no padding and so no mask; the mean is over all tokens; word embeddings are int8 with a
scale for each row. `check` in ``export.py`` compares it with the BertModel it was made from.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm, linear


class Network(nn.Module):
    """Token ids, shape (texts, tokens), to logits, shape (texts, classes)."""

    def __init__(self, state: Mapping[str, Tensor], config: Mapping[str, Any]) -> None:
        super().__init__()
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.eps = config["layer_norm_eps"]
        words = state["bert.embeddings.word_embeddings.weight"].float()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        places = state["bert.embeddings.position_embeddings.weight"]
        first_kind = state["bert.embeddings.token_type_embeddings.weight"][0]
        self.register_buffer("places", (places + first_kind).float())
        for name, value in state.items():
            if name.startswith(("bert.encoder.", "bert.embeddings.LayerNorm", "head.")):
                self.register_buffer(name.removeprefix("bert.").replace(".", "_"), value.float())

    def forward(self, input_ids: Tensor) -> Tensor:
        """Compute the logits."""
        hidden = self.words[input_ids].float() * self.scale[input_ids]
        hidden = self._norm(hidden + self.places[: input_ids.shape[1]], "embeddings")
        for number in range(self.layers):
            hidden = self._layer(hidden, f"encoder_layer_{number}")
        # a product for each text: other sums hang, in their last bits, on how many texts there are
        every = hidden.new_ones((hidden.shape[0], 1, hidden.shape[1]))
        scored = (every @ hidden) / hidden.shape[1] * self.head_weight
        return scored.sum(-1) + self.head_bias

    def _layer(self, hidden: Tensor, at: str) -> Tensor:
        query, key, value = (
            self._linear(hidden, f"{at}_attention_self_{part}")
            .unflatten(-1, (self.heads, -1))
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        share = (query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5).softmax(-1)
        mixed = (share @ value).transpose(1, 2).flatten(2)
        seen = self._linear(mixed, f"{at}_attention_output_dense")
        hidden = self._norm(hidden + seen, f"{at}_attention_output")
        wide = gelu(self._linear(hidden, f"{at}_intermediate_dense"))
        return self._norm(hidden + self._linear(wide, f"{at}_output_dense"), f"{at}_output")

    def _linear(self, hidden: Tensor, name: str) -> Tensor:
        return linear(hidden, getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias"))

    def _norm(self, hidden: Tensor, name: str) -> Tensor:
        weight, bias = (getattr(self, f"{name}_LayerNorm_{part}") for part in ("weight", "bias"))
        return layer_norm(hidden, hidden.shape[-1:], weight, bias, self.eps)
