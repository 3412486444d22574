'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { TUMOUR_DELTA, tumourEvents } from '@/lib/runs/accounts/tumours';
import { tumourEpsilon } from './parameters';

interface TumourExampleProps {
  epsilon: number;
  onEpsilon(epsilon: number): void;
}

/** What the ε of models on the tumours means, where their noise comes from a seed and nothing is charged. */
export function TumourExample({ epsilon, onEpsilon }: TumourExampleProps) {
  return (
    <TurnedExample
      events={tumourEvents(epsilon)}
      epsilon={epsilon}
      delta={TUMOUR_DELTA}
      unit="patient"
      data="Breast Cancer Wisconsin (Diagnostic), 569 patients"
      seeded
      byRisk={{ release: 'gaussian', parameter: tumourEpsilon, onEpsilon }}
    />
  );
}
