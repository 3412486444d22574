/** The fixed features of digits in Python: the same numbers as in the browser, for notebooks that are handed to other tools. */

export const ORIENTED_GRADIENTS_PYTHON = `import numpy as np

SIDE, CELL, DIRECTIONS, LENGTH = 28, 4, 8, 5.0

# A Gaussian (sigma 1) and its derivative at -2 ... 2.
taps = np.arange(-2, 3)
bell = np.exp(-taps**2 / 2)
slope = taps * bell


def along(images, kernel, axis):
    """Correlates with zeros beyond the edge."""
    pad = [(0, 0), (0, 0), (0, 0)]
    pad[axis] = (2, 2)
    padded = np.pad(images, pad)
    size = images.shape[axis]
    return sum(k * np.take(padded, range(i, i + size), axis=axis) for i, k in enumerate(kernel))


def oriented_gradients(images):
    """n x 28 x 28 grey values -> n x 392: edges in 8 directions at 7 x 7 places, each picture to length 5."""
    images = images.astype(np.float64)
    dx = along(along(images, slope, 2), bell, 1)
    dy = along(along(images, bell, 2), slope, 1)
    n = len(images)
    out = np.zeros((n, 7, 7, DIRECTIONS))
    for k in range(DIRECTIONS // 2):
        angle = k * np.pi / 4
        kernel = np.cos(angle) * np.outer(bell, slope) + np.sin(angle) * np.outer(slope, bell)
        scale = 2 / np.abs(kernel).sum()
        edge = scale * (np.cos(angle) * dx + np.sin(angle) * dy)
        places = edge.reshape(n, 7, CELL, 7, CELL)
        out[..., k] = np.maximum(places, 0).sum(axis=(2, 4))
        out[..., k + 4] = np.maximum(-places, 0).sum(axis=(2, 4))
    out = out.reshape(n, -1)
    out -= out.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(out, axis=1, keepdims=True)
    return (LENGTH * out / np.where(norm > 0, norm, 1)).astype(np.float32)
`;

/** Of `lib/data/plain-gabor.ts`: two orders of Gabor waves (Bruna and Mallat 2013). */
export const GABOR_PYTHON = `import numpy as np

RADIUS, FREQUENCY, SPREAD, LENGTH, AT_ONCE = 3, 1.6, 1.5, 5.0, 500

taps = np.arange(-RADIUS, RADIUS + 1)
bell = np.exp(-taps**2 / (2 * SPREAD**2))
bell /= bell.sum()


def along(images, kernel, axis):
    """Correlates with zeros beyond the edge."""
    pad = [(0, 0), (0, 0), (0, 0)]
    pad[axis] = (RADIUS, RADIUS)
    padded = np.pad(images, pad)
    size = images.shape[axis]
    return sum(k * np.take(padded, range(i, i + size), axis=axis) for i, k in enumerate(kernel))


def waves(images):
    """How much of a wave there is at each pixel, in 8 directions; nothing on an even grey."""
    mean = along(along(images, bell, 2), bell, 1)
    found = []
    for k in range(8):
        across, down = np.cos(k * np.pi / 8), np.cos((4 - k) * np.pi / 8)
        row = bell * np.exp(1j * FREQUENCY * across * taps)
        column = bell * np.exp(1j * FREQUENCY * down * taps)
        even = row.real.sum() * column.real.sum()
        found.append(np.abs(along(along(images, row, 2), column, 1) - even * mean))
    return found


def halved(images):
    """Sums of 2 x 2 pixels."""
    n, side, _ = images.shape
    return images.reshape(n, side // 2, 2, side // 2, 2).sum(axis=(2, 4))


def softened(mean):
    return np.sqrt(mean + 1) - 1


def first_places(grid):
    """Means over windows of 4 x 4, every 2, on a grid of 14 x 14."""
    ends = [(max(0, 2 * v - 1), min(14, 2 * v + 3)) for v in range(7)]
    return np.stack([grid[:, t:b, l:r].mean(axis=(1, 2)) for t, b in ends for l, r in ends], axis=1)


def second_places(grid):
    starts = (0, 3, 7, 10)
    return np.stack([grid[:, t:t + 4, l:l + 4].mean(axis=(1, 2)) for t in starts for l in starts], axis=1)


def some_gabor_features(images):
    fine = [halved(wave) for wave in waves(images)]
    coarse = waves(halved(images) / 4)
    first = [softened(first_places(grid / 4)) for grid in fine] + [softened(first_places(grid)) for grid in coarse]
    second = [softened(4 * second_places(wave)) for grid in fine for wave in waves(grid / 4)]
    # The first order lies place by place, the second pair of directions by pair.
    out = np.concatenate([np.stack(first, axis=2).reshape(len(images), -1), *second], axis=1)
    out -= out.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(out, axis=1, keepdims=True)
    return (LENGTH * out / np.where(norm > 0, norm, 1)).astype(np.float32)


def gabor_features(images):
    """n x 28 x 28 grey values -> n x 1808: waves in 8 directions at two sizes, and waves in those of the small ones."""
    images = images.astype(np.float64)
    return np.concatenate([some_gabor_features(images[i:i + AT_ONCE]) for i in range(0, len(images), AT_ONCE)])
`;

const PIXELS = `import numpy as np


def grey_values(images):
    """n x 28 x 28 grey values from 0 to 255 -> n x 784 from 0 to 1."""
    return (images.reshape(len(images), -1) / 255).astype(np.float32)
`;

export const FEATURE_TEXTS = {
  gradients: { code: ORIENTED_GRADIENTS_PYTHON, call: 'oriented_gradients', words: 'oriented gradients' },
  gabor: { code: GABOR_PYTHON, call: 'gabor_features', words: 'wide Gabor features' },
  pixels: { code: PIXELS, call: 'grey_values', words: 'raw pixels' },
} as const;
