/** The trainers that can be audited: what is wrong with each, and where the same mistake was really made. */
import type { AuditFault } from '../experiments/audit';

interface FaultWords {
  /** In the list. */
  label: string;
  /** What then happens, in a sentence. */
  what: string;
  /** Where it really happened. */
  story: string;
  source?: { title: string; href: string };
}

export const FAULT_WORDS: Readonly<Record<AuditFault, FaultWords>> = {
  none: {
    label: 'does what it says',
    what: 'Clip, noise, lots: all as claimed.',
    story: 'No audit can prove that. It can only fail to refute it.',
  },
  'no-noise': {
    label: 'forgets the noise',
    what: 'Gradients are clipped and summed, and released as they are.',
    story:
      'With an early TensorFlow 2, private optimisers of TensorFlow Privacy were never asked for gradients, so models were trained without clip and noise. Later versions stop with an error instead.',
    source: {
      title: 'tensorflow/privacy, issues 72 and 106',
      href: 'https://github.com/tensorflow/privacy/issues/72',
    },
  },
  'no-clip': {
    label: 'forgets to clip',
    what: 'The noise is that of clip 1, but a canary pulls with its full length, 14 times as hard.',
    story:
      'A review of a training library in 2026 found the clip put on the sum of a batch, not on each example: then no example is bounded on its own.',
    source: {
      title: 'ooples/AiDotNet, pull request 1318',
      href: 'https://github.com/ooples/AiDotNet/pull/1318',
    },
  },
  'half-noise': {
    label: 'adds half the noise',
    what: 'σ is half of what is claimed.',
    story:
      'An example of JAX Privacy took noise meant for the sum of gradients and added it to their mean, divided by the batch size: too little by that factor. It was mended in 2026.',
    source: {
      title: 'google-deepmind/jax_privacy, pull request 395',
      href: 'https://github.com/google-deepmind/jax_privacy/pull/395',
    },
  },
  'private-divisor': {
    label: 'divides by the number of rows it has',
    what: 'One row more makes the divisor larger and the noise smaller. On many weights, that can be measured.',
    story:
      'Opacus computes the expected batch from the size of the data. Whether its accounting covers this has been disputed since 2023, and again in 2026 with an audit. It matters for small data and large models.',
    source: {
      title: 'Opacus, issues 571 and 819; arXiv 2605.15648',
      href: 'https://github.com/meta-pytorch/opacus/issues/819',
    },
  },
  'noise-reused': {
    label: 'uses the same noise at every step',
    what: 'The difference of two steps is then free of noise.',
    story:
      'The example of private training that came with JAX used one random key for several parts of the gradient. It was found and mended in 2020.',
    source: { title: 'jax-ml/jax, pull request 3646', href: 'https://github.com/jax-ml/jax/pull/3646' },
  },
  'lot-cut': {
    label: 'cuts its lots',
    what: 'Lots are cut at half their expected size. Who is in a full lot pushes somebody else out, so one example moves the sum by two clips.',
    story:
      'Compiled code likes lots of one size. Chua et al. (2024) cut them, and pay for it with a larger δ. Without that payment the claim is false.',
    source: {
      title: 'Chua et al. 2024, “Scalable DP-SGD”',
      href: 'https://arxiv.org/abs/2411.04205',
    },
  },
  shuffled: {
    label: 'shuffles instead of drawing',
    what: 'It walks through a shuffled order, lot by lot, and the accountant believes in Poisson sampling.',
    story:
      'Common practice, said openly in some code. Proofs show that it can cost far more ε than Poisson sampling, most with little noise and many lots. Set σ and audit: below the result stands what is proven at that σ.',
    source: {
      title: 'Chua et al. 2024, “How private are DP-SGD implementations?”; ftramer/Handcrafted-DP, issue 2',
      href: 'https://arxiv.org/abs/2403.17673',
    },
  },
};
