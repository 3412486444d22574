/** The rules of `lib/training/clipping.ts` that Opacus has not, or has otherwise, as optimisers of Opacus. */

export type ClippingRule = 'flat' | 'per-layer' | 'adaptive' | 'automatic';

/** Where one process trains, and where several do. */
export type OptimizerBase = 'DPOptimizer' | 'DistributedDPOptimizer';

const WORDS: Record<Exclude<ClippingRule, 'flat'>, string> = {
  'per-layer':
    'Clips the weights and the bias of each of L layers together, to C / sqrt(L) (McMahan et al. 2018). Opacus would clip each tensor by itself.',
  automatic:
    'Brings every gradient to nearly the length C: g C / (|g| + 0.01) (Bu et al. 2023). Opacus has no such rule.',
  adaptive:
    'Lets C follow the median length (Andrew et al. 2021, eq. 2) by a noisy count, for which sigma_b is charged beside sigma. Opacus counts over the drawn lot, which is secret; this counts over the expected one.',
};

const HEAD = (base: OptimizerBase, words: string) => `import math

import torch
from opacus.optimizers import ${base}
from opacus.optimizers.optimizer import _mark_as_processed


class RunOptimizer(${base}):
    """${words}"""

    def squares(self):
        """Of each gradient: its squared length in each tensor, lot x tensors."""
        return torch.stack([g.flatten(1).square().sum(1) for g in self.grad_samples], dim=1)

    def add_up(self, factors):
        """The sum of all gradients, each times its factor, where Opacus looks for it."""
        for p, g, factor in zip(self.params, self.grad_samples, factors):
            total = torch.einsum("i,i...", factor, g)
            before = getattr(p, "summed_grad", None)
            p.summed_grad = total if before is None else before + total
            _mark_as_processed(p.grad_sample)
`;

const RULES: Record<Exclude<ClippingRule, 'flat'>, string> = {
  'per-layer': `
    def clip_and_accumulate(self):
        squares = self.squares()
        layers = (squares[:, 0::2] + squares[:, 1::2]).sqrt()   # weights, then a bias, in each layer
        share = self.max_grad_norm / math.sqrt(layers.shape[1])
        factors = share / layers.clamp(min=share)
        self.add_up([factors[:, i // 2] for i in range(squares.shape[1])])
`,
  automatic: `
    def clip_and_accumulate(self):
        squares = self.squares()
        factor = self.max_grad_norm / (squares.sum(1).sqrt() + 0.01)
        self.add_up([factor] * squares.shape[1])
`,
  adaptive: `
    def clip_and_accumulate(self):
        squares = self.squares()
        norms = squares.sum(1).sqrt()
        self.drawn = everywhere(len(norms))
        self.within = everywhere((norms <= self.max_grad_norm).sum().item())
        self.add_up([self.max_grad_norm / norms.clamp(min=self.max_grad_norm)] * squares.shape[1])

    def scale_grad(self):
        super().scale_grad()
        for p in self.params:
            p.grad /= self.max_grad_norm   # the playground's step is measured in clips
        noise = COUNT_NOISE * torch.randn(()).item() if getattr(self, "rank", 0) == 0 else 0.0
        part = (self.within - self.drawn / 2 + everywhere(noise)) / EXPECTED_BATCH_SIZE + 0.5
        self.max_grad_norm *= math.exp(-0.2 * (part - 0.5))


def everywhere(number):
    """Added up over all processes."""
    total = torch.tensor(float(number))
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        torch.distributed.all_reduce(total)
    return total.item()
`,
};

/** @returns Python that defines `RunOptimizer`, or imports the one of Opacus where that does the same */
export const clippingPython = (rule: ClippingRule, base: OptimizerBase): string =>
  rule === 'flat'
    ? `from opacus.optimizers import ${base} as RunOptimizer`
    : `${HEAD(base, WORDS[rule])}${RULES[rule]}`.trimEnd();
