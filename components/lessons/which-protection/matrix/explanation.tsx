import Link from 'next/link';
import { findCell } from '@/components/lessons/cells';
import { type Judgement, PAIRS, type Verdict } from '../threats';

export const VERDICT_WORDS: Record<Verdict, string> = { yes: 'yes', partly: 'partly', no: 'no' };

/** Why a verdict is what it is, and where the control falls short. */
export function Explanation({ index, judgement }: { index: number; judgement: Judgement }) {
  const { threat, control } = PAIRS[index]!;
  const live = judgement.live ? findCell(judgement.live.lesson, judgement.live.cell) : undefined;
  return (
    <div className="grid gap-2" data-explanation>
      <p className="font-semibold">
        {threat.name}: {control.name}? {VERDICT_WORDS[judgement.verdict]}.
      </p>
      <p>{judgement.reason}</p>
      <p>
        <strong>{judgement.verdict === 'no' ? 'For example:' : 'And yet:'}</strong> {judgement.counterExample}
      </p>
      {live ? (
        <p>
          <Link
            href={`/lessons/${live.lesson}/#${live.id}`}
            className="text-accent underline underline-offset-2"
          >
            See it happen: “{live.title}”
          </Link>
        </p>
      ) : null}
    </div>
  );
}
