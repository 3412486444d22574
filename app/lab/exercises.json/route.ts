import { programsOf } from '@/components/exercises/programs';
import { EXERCISE_IDS } from '@/lib/exercises/names';

export const dynamic = 'force-static';

/** What each exercise begins with, for those that stand in notebooks and frames. */
export async function GET() {
  const texts = await Promise.all(EXERCISE_IDS.map(async (id) => [id, await programsOf(id)] as const));
  return Response.json(Object.fromEntries(texts));
}
