'use client';

import { TurnedExample } from '@/components/label/turned-example';

/** What the ε of each report of the made-up crowd means. */
export function CrowdExample({ epsilon }: { epsilon: number }) {
  return (
    <TurnedExample
      events={[{ kind: 'pure', epsilon, count: 1 }]}
      epsilon={epsilon}
      relation="replace-one"
      data="A made-up crowd"
      seeded
    />
  );
}
