/** The lessons of the site, in reading order. A lesson is one MDX file at `app/lessons/<slug>/page.mdx`. */

export interface Lesson {
  slug: string;
  title: string;
  /** One sentence: what the learner does and finds out. */
  summary: string;
  minutes: number;
  /** Which hardware, in words. */
  needs: string;
  /** Model, data and pictures, on the first visit. */
  downloadMegabytes: number;
}

export const LESSONS: readonly Lesson[] = [
  {
    slug: 'noise-on-pixels',
    title: 'Noise on pixels',
    summary:
      'Blur a detector with random noise, watch its boxes go, and learn why that alone is no guarantee.',
    minutes: 15,
    needs: 'Runs anywhere; a GPU makes it smoother',
    downloadMegabytes: 0.6,
  },
  {
    slug: 'training-with-dp-sgd',
    title: 'Training with DP-SGD',
    summary:
      'Train a network on 60,000 handwritten digits with a privacy guarantee, twice: with and without noise.',
    minutes: 20,
    needs: 'Runs anywhere, in seconds on a laptop',
    downloadMegabytes: 11,
  },
  {
    slug: 'a-privately-trained-detector',
    title: 'A privately trained detector',
    summary:
      'Train a small YOLO-style detector on the forms of 2,000 people, with and without privacy, and watch ε move the boxes.',
    minutes: 20,
    needs: 'Runs anywhere, in about a minute on a laptop',
    downloadMegabytes: 11,
  },
  {
    slug: 'attacks',
    title: 'Attacks',
    summary:
      'Read a picture off its gradient, find out who was in the training data, and watch privacy stop both.',
    minutes: 25,
    needs: 'Runs anywhere',
    downloadMegabytes: 2,
  },
  {
    slug: 'healthcare',
    title: 'Healthcare',
    summary:
      'Judge 569 real tumours privately and plainly, see which patients pay for privacy, and whether hospitals should pool their data.',
    minutes: 25,
    needs: 'Runs anywhere',
    downloadMegabytes: 0.1,
  },
  {
    slug: 'telemetry',
    title: 'Telemetry with local DP',
    summary:
      'Report your favourite emoji without telling it, and see what a server learns from a hundred or ten million phones.',
    minutes: 25,
    needs: 'Runs anywhere',
    downloadMegabytes: 0,
  },
  {
    slug: 'federated-learning',
    title: 'Federated learning and DP',
    summary:
      'Read a picture off what a phone sends, hide it in a sum of secrets, and train 500 clients with privacy for each.',
    minutes: 25,
    needs: 'Runs anywhere, in seconds on a laptop',
    downloadMegabytes: 11,
  },
  {
    slug: 'a-budget-across-runs',
    title: 'A budget across runs',
    summary:
      'Ask a data set question after question, watch a ledger that never forgets, and learn how much tight accounting buys.',
    minutes: 20,
    needs: 'Runs anywhere',
    downloadMegabytes: 0,
  },
];

/** What the head of a lesson's page says. */
export function lessonMetadata(slug: string): { title: string; description: string } {
  const lesson = LESSONS.find((one) => one.slug === slug);
  if (!lesson) throw new Error(`There is no lesson “${slug}” in lib/notebook/lessons.ts.`);
  return { title: lesson.title, description: lesson.summary };
}

/** The lessons before and after one, for the links at its end. */
export function neighbours(slug: string): { previous: Lesson | null; next: Lesson | null } {
  const at = LESSONS.findIndex((one) => one.slug === slug);
  return { previous: LESSONS[at - 1] ?? null, next: at < 0 ? null : (LESSONS[at + 1] ?? null) };
}
