/** Whose digit is it? What a server reads is compared with every digit that went in, and with strangers’ that did not. */
import { MNIST_CLASSES, MNIST_SIDE, similarityOf, type Windows, windowsOf } from '@/lib/data';
import { readRows, toPicture } from '@/lib/training/federated/read-picture';
import { AHEAD, ALIKE } from '../naming';

/** A digit that some client holds. */
export interface Held {
  /** From 0. */
  client: number;
  label: number;
  pixels: Float32Array;
}

/** The digit of the sum that a picture is most like. */
export interface Match extends Held {
  /** Structural similarity, and the correlation of the grey values. */
  ssim: number;
  correlation: number;
  /** The same with the stranger’s digit that is most like it; null where nobody is left outside. */
  stranger: number | null;
  /** Whether that says whose it is. */
  named: boolean;
}

export interface RowSeen {
  /** 784 grey values from 0 to 1. */
  picture: Float32Array;
  match: Match;
}

/** What a server reads off one thing it sees. */
export interface View {
  /** One for each class of the model. */
  rows: RowSeen[];
  /** Which row is most like a digit of the sum. */
  best: number;
  /** How many rows say whose they are. */
  named: number;
  /** How many digits of the sum it was compared with. */
  members: number;
}

export interface LineUp {
  members: readonly { held: Held; windows: Windows }[];
  strangers: readonly Windows[];
}

export const lineUp = (members: readonly Held[], strangers: readonly Float32Array[]): LineUp => ({
  members: members.map((held) => ({ held, windows: windowsOf(held.pixels, MNIST_SIDE) })),
  strangers: strangers.map((pixels) => windowsOf(pixels, MNIST_SIDE)),
});

/**
 * @param update 10 × 785, the bias last
 * @param breathe called after each row: lets messages in, throws on Stop
 */
export async function look(
  update: Float64Array,
  { members, strangers }: LineUp,
  breathe: () => Promise<void>,
): Promise<View> {
  const rows: RowSeen[] = [];
  const read = readRows(update, MNIST_SIDE * MNIST_SIDE, MNIST_CLASSES);
  for (const { example } of read) {
    const picture = toPicture(example);
    const seen = windowsOf(picture, MNIST_SIDE);
    let ssim = Number.NEGATIVE_INFINITY;
    let owner = members[0]!;
    for (const member of members) {
      const alike = similarityOf(seen, member.windows);
      if (alike > ssim) [ssim, owner] = [alike, member];
    }
    const stranger = strangers.reduce<number | null>(
      (most, other) => Math.max(most ?? Number.NEGATIVE_INFINITY, similarityOf(seen, other)),
      null,
    );
    rows.push({
      picture,
      match: {
        ...owner.held,
        ssim,
        correlation: correlation(picture, owner.held.pixels),
        stranger,
        named: ssim >= ALIKE && (stranger === null || ssim >= stranger + AHEAD),
      },
    });
    await breathe();
  }
  // Where several are equally like, the row of the largest bias: the one whose label the digit has.
  const byBias = read.map((_, row) => row).sort((a, b) => Math.abs(read[b]!.bias) - Math.abs(read[a]!.bias));
  const best = byBias.reduce((most, row) =>
    rows[row]!.match.ssim > rows[most]!.match.ssim + 1e-3 ? row : most,
  );
  return { rows, best, named: rows.filter(({ match }) => match.named).length, members: members.length };
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const size = a.length;
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < size; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
  }
  let [squareA, squareB, product] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i]! - sumA / size, b[i]! - sumB / size];
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}
