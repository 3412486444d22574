/** Checks mean average precision against reference values (files of the form of `map_golden.json`). */
import { averagePrecision, type Box, type EvaluatedPicture } from '@/lib/detection';
import { type CheckResult, isRecord, Tally } from './contract';

interface Case {
  images: { ground_truth: number[][]; predictions: number[][] }[];
  mAP50?: number;
  mAP75?: number;
  mAP50_95?: number;
  per_class?: Record<string, { AP50?: number; AP75?: number; AP50_95?: number }>;
}

const TOLERANCE = 1e-6;
const within = (absolute: number) => absolute <= TOLERANCE;

export function canCheck(json: unknown): boolean {
  return (
    isRecord(json) &&
    isRecord(json.cases) &&
    Object.values(json.cases).every((each) => isRecord(each) && Array.isArray(each.images) && 'mAP50' in each)
  );
}

export async function check(json: unknown): Promise<CheckResult[]> {
  const { cases } = json as { cases: Record<string, Case> };
  return Object.entries(cases).map(([name, expected]) => checkCase(name, expected));
}

function checkCase(name: string, expected: Case): CheckResult {
  const tally = new Tally();
  const compare = (what: string, actual: number | null | undefined, wanted: number) => {
    tally.cases++;
    tally.compare(`${name} ${what}`, actual ?? Number.NaN, wanted, within);
  };
  const accuracy = averagePrecision(expected.images.map(picture));
  for (const figure of ['mAP50', 'mAP75', 'mAP50_95'] as const)
    if (expected[figure] !== undefined) compare(figure, accuracy[figure], expected[figure]);

  const classes = expected.per_class ?? {};
  for (const [id, wanted] of Object.entries(classes)) {
    const found = accuracy.perClass.find(({ classId }) => classId === Number(id));
    for (const figure of ['AP50', 'AP75', 'AP50_95'] as const)
      if (wanted[figure] !== undefined) compare(`class ${id} ${figure}`, found?.[figure], wanted[figure]);
  }
  if (expected.per_class)
    for (const { classId } of accuracy.perClass)
      if (!(classId in classes)) tally.fail(`${name}: class ${classId} is not in the reference`);
  return tally.result(name, `${TOLERANCE} absolute`);
}

/** Rows are `class, x1, y1, x2, y2` for labels and `x1, y1, x2, y2, score, class` for predictions. */
function picture({ ground_truth, predictions }: Case['images'][number]): EvaluatedPicture {
  return {
    groundTruth: ground_truth.map(([classId, ...box]) => ({ classId: classId!, box: box as unknown as Box })),
    predictions: predictions.map((row) => ({
      box: row.slice(0, 4) as unknown as Box,
      score: row[4]!,
      classId: row[5]!,
    })),
  };
}
