import { CONTROLS, type ControlId, type Threat, type Verdict } from '../threats';

/** What a shield does to an attack: in a sign, and in words. */
export const EFFECT: Readonly<Record<Verdict, { sign: string; words: string }>> = {
  yes: { sign: '■', words: 'stops it' },
  partly: { sign: '◧', words: 'holds it back' },
  no: { sign: '□', words: 'lets it through' },
};

/** The way of the attack: through one shield after another, until one stops it. */
export function Lane({ threat, worn }: { threat: Threat; worn: readonly ControlId[] }) {
  const shields = CONTROLS.filter(({ id }) => worn.includes(id));
  // Those that let it through come first: the attack is seen to pass them.
  const order: readonly Verdict[] = ['no', 'partly', 'yes'];
  const way = shields
    .map(({ id, name }) => ({ id, name, verdict: threat.judgements[id].verdict }))
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const stop = way.findIndex(({ verdict }) => verdict === 'yes');
  return (
    <ol className="flex flex-wrap items-stretch gap-y-2 text-sm" aria-label="The way of the attack" data-lane>
      <li className="flex items-center rounded-control border border-danger bg-danger-soft px-2 py-1 font-medium text-danger">
        Attack
      </li>
      {way.map(({ id, name, verdict }, at) => {
        const reached = stop < 0 || at <= stop;
        return (
          <li key={id} className={`flex items-center ${reached ? '' : 'opacity-50'}`} data-effect={verdict}>
            <span aria-hidden="true" className="px-1 text-danger">
              {reached ? '→' : '·'}
            </span>
            <span
              className={`rounded-control border px-2 py-1 ${
                verdict === 'yes'
                  ? 'border-2 border-(--private) font-semibold'
                  : verdict === 'partly'
                    ? 'border-line-strong'
                    : 'border-dashed border-line-strong text-secondary'
              }`}
            >
              <span aria-hidden="true">{EFFECT[verdict].sign} </span>
              {name}{' '}
              <span className="block text-xs text-secondary">
                {reached ? EFFECT[verdict].words : 'not reached'}
              </span>
            </span>
          </li>
        );
      })}
      <li className="flex items-center">
        <span aria-hidden="true" className="px-1 text-danger">
          {stop < 0 ? '→' : '·'}
        </span>
        <span
          className={`rounded-control border px-2 py-1 font-medium ${
            stop < 0 ? 'border-danger bg-danger-soft text-danger' : 'border-line'
          }`}
        >
          Your data <span className="block text-xs font-normal">{stop < 0 ? 'reached' : 'safe from it'}</span>
        </span>
      </li>
    </ol>
  );
}
