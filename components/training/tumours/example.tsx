'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { TUMOUR_DELTA, tumourEvents } from '@/lib/runs/accounts/tumours';

/** What the ε of models on the tumours means, where their noise comes from a seed and nothing is charged. */
export function TumourExample({ epsilon }: { epsilon: number }) {
  return (
    <TurnedExample
      events={tumourEvents(epsilon)}
      epsilon={epsilon}
      delta={TUMOUR_DELTA}
      unit="patient"
      data="Breast Cancer Wisconsin (Diagnostic), 569 patients"
      seeded
    />
  );
}
