/** Functions in Python that the programs of some corruptions begin with: each as its twin in `noise/corruptions` does it. */

/** `sample` and `zoomed` of `planes.ts`. */
export const ZOOMED = `def between(picture, y, x):
    """Colours between pixels; beyond its edges the picture is mirrored."""
    rows, columns = picture.shape[:2]

    def mirrored(place, length):
        place = np.abs(place) % max(1, 2 * (length - 1))
        return np.where(place < length, place, 2 * (length - 1) - place)

    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    down, across = (y - top)[..., None], (x - left)[..., None]
    upper, lower = mirrored(top, rows), mirrored(top + 1, rows)
    near, far = mirrored(left, columns), mirrored(left + 1, columns)
    above = picture[upper, near] * (1 - across) + picture[upper, far] * across
    below = picture[lower, near] * (1 - across) + picture[lower, far] * across
    return above * (1 - down) + below * down


def zoomed(picture, factor):
    """The middle of a picture made larger, cut to the size that it had."""
    middles = [(side - 1) / 2 for side in picture.shape[:2]]
    y, x = [middle + (np.arange(2 * middle + 1) - middle) / factor for middle in middles]
    return between(picture, *np.meshgrid(y, x, indexing="ij"))`.split('\n');

/** `motionLine` of `blurs.ts`, over the whole picture. */
export const MOVED = `def moved(picture, radius, deviation, degrees):
    """Half a Gaussian along a line: what moves leaves a tail to one side."""
    weights = np.exp(-np.arange(2 * radius + 1) ** 2 / (2 * deviation**2))
    angle = np.deg2rad(degrees)
    rows, columns = picture.shape[:2]
    total = np.zeros(picture.shape)
    for i, weight in enumerate(weights / weights.sum()):
        y = np.arange(rows) + int(np.floor(i * np.sin(angle) + 0.5))
        x = np.arange(columns) + int(np.floor(i * np.cos(angle) + 0.5))
        total += weight * picture[np.clip(y, 0, rows - 1)][:, np.clip(x, 0, columns - 1)]
    return total`.split('\n');

/** A Gaussian blur of one line as a matrix. */
export const LINE_BLUR = `def line_blur(length, deviation, reach, mirror):
    """A Gaussian blur of a line of pixels as a matrix; beyond its ends a mirror, or the last pixel."""
    matrix, place = np.zeros((length, length)), np.arange(length)
    for step in range(-reach, reach + 1):
        there = place + step
        if mirror:
            there = there % (2 * length)
            there = np.minimum(there, 2 * length - 1 - there)
        there = np.clip(there, 0, length - 1)
        matrix[place, there] += np.exp(-(step**2) / (2 * deviation**2))
    return matrix / matrix.sum(axis=1, keepdims=True)`.split('\n');

/** `plasma.ts`. */
export const PLASMA = `def plasma(side, decay):
    """Clouds from 0 to 1 by the diamond-square method."""
    field, step, wibble = np.zeros((side, side)), side, 100.0

    def wobbled(total):
        return total / 4 + wibble**2 * rng.uniform(-1, 1, total.shape)

    while step >= 2:
        half = step // 2
        corners = field[::step, ::step]
        total = corners + np.roll(corners, -1, axis=0)
        field[half::step, half::step] = wobbled(total + np.roll(total, -1, axis=1))
        middles = field[half::step, half::step]
        level = middles + np.roll(middles, 1, axis=0) + corners + np.roll(corners, -1, axis=1)
        upright = middles + np.roll(middles, 1, axis=1) + corners + np.roll(corners, -1, axis=0)
        field[::step, half::step] = wobbled(level)
        field[half::step, ::step] = wobbled(upright)
        step, wibble = half, wibble / decay
    return (field - field.min()) / (field.max() - field.min())`.split('\n');
