'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { localEpsilon } from './parameters';

interface CrowdExampleProps {
  epsilon: number;
  onEpsilon(epsilon: number): void;
}

/** What the ε of each report of the made-up crowd means. */
export function CrowdExample({ epsilon, onEpsilon }: CrowdExampleProps) {
  return (
    <TurnedExample
      events={[{ kind: 'pure', epsilon, count: 1 }]}
      epsilon={epsilon}
      relation="replace-one"
      data="A made-up crowd"
      seeded
      byRisk={{ release: 'pure', parameter: localEpsilon, onEpsilon }}
    />
  );
}
