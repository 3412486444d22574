'use client';

/** What stands beside every private training: what the ledger will write of it, its randomness, the way back to the defaults. */
import type { ReactNode } from 'react';
import { WhatIf } from '@/components/ledger/what-if';
import type { WhatIfProps } from '@/components/ledger/what-if-answer';
import { formatEpsilon } from '@/components/ledger/words';
import { ParameterPanel, type ParameterPanelProps } from '@/components/notebook/parameter-controls';
import { Button } from '@/components/ui/button';
import { Fold } from '@/components/ui/fold';
import type { Declarations } from '@/lib/notebook/parameters';
import type { CellState } from '@/lib/runtime/experiment';

export function Note({ children }: { children: ReactNode }) {
  return <p className="text-sm text-secondary">{children}</p>;
}

/** @param several runs, not one */
export function SeededNote({ several = false }: { several?: boolean }) {
  return (
    <Note>
      {several
        ? 'Seeded runs are written into the ledger as “not private”: no ε covers them.'
        : 'A seeded run is written into the ledger as “not private”: no ε covers it.'}
    </Note>
  );
}

interface StopPriceProps {
  state: CellState;
  noise: 'cryptographic' | 'seeded';
  /** Of the whole run. */
  epsilon: number;
}

/** What a Stop costs, while there is something to stop. */
export function StopPrice({ state, noise, epsilon }: StopPriceProps) {
  if (state !== 'running' || noise !== 'cryptographic') return null;
  return (
    <p className="text-sm text-secondary" data-stop-price>
      If you stop this run, it still costs the whole ε of {formatEpsilon(epsilon)}. You see the model while it
      learns, so when you stop may depend on the data.
    </p>
  );
}

interface PriceProps extends WhatIfProps {
  noise: 'cryptographic' | 'seeded';
  /** More private runs than one. */
  several?: boolean;
  /** What is written of the models without noise, where it is more than that. */
  children?: ReactNode;
}

/** What the ledger would write of a run, before it runs. */
export function Price({ noise, several = false, children, ...whatIf }: PriceProps) {
  return (
    <div data-price data-stays className="grid gap-2">
      {noise === 'cryptographic' ? <WhatIf {...whatIf} /> : <SeededNote several={several} />}
      <Note>
        {children ??
          'The plain model is written into the ledger too, as a run without noise: no ε covers it.'}
      </Note>
    </div>
  );
}

type Drawn = Declarations & Record<'noiseSource' | 'seed', unknown>;

/** Where the noise comes from; the seed only where it counts. */
export function Randomness<D extends Drawn>(panel: Omit<ParameterPanelProps<D>, 'only'>) {
  const seeded = panel.values.noiseSource === 'seeded';
  return (
    <Fold title="Randomness">
      <ParameterPanel {...panel} only={seeded ? ['noiseSource', 'seed'] : ['noiseSource']} />
    </Fold>
  );
}

export function BackToDefaults({ onClick }: { onClick(): void }) {
  return (
    <Button small look="quiet" onClick={onClick}>
      Settings back to defaults
    </Button>
  );
}
