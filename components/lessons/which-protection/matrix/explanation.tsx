import Link from 'next/link';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { type Judgement, PAIRS, type Verdict } from '../threats';

export const VERDICT_WORDS: Record<Verdict, string> = { yes: 'yes', partly: 'partly', no: 'no' };

/** Why a verdict is what it is, and where the control falls short. */
export function Explanation({ index, judgement }: { index: number; judgement: Judgement }) {
  const { threat, control } = PAIRS[index]!;
  const { titleOf } = useNotebook();
  const { live } = judgement;
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
            href={`/lessons/${live.lesson}/#${live.cell}`}
            className="text-accent underline underline-offset-2"
          >
            See it happen: “{titleOf(live.cell)}”
          </Link>
        </p>
      ) : null}
    </div>
  );
}
