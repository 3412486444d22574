'use client';

import { useMemo } from 'react';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import type { Parameters } from '@/components/notebook/use-parameters';
import { BackToDefaults, Price, Randomness } from '@/components/training/private-run';
import { Fold } from '@/components/ui/fold';
import { SCENES_ACCOUNT, scenePhases } from '../account';
import type { OwnScenes } from '../own-scenes';
import { BackboneChooser, type ChosenBackbone } from './backbone-chooser';
import { OwnFolderChooser } from './own-folder-chooser';
import type { detectorParameters } from './parameters';

interface DetectorControlsProps {
  parameters: Parameters<typeof detectorParameters.declarations>;
  /** The learner's own pictures, where they are learnt from. */
  own: OwnScenes | null;
  backbone: ChosenBackbone;
}

/** Without the words of its title, which only the ledger needs. */
const accountOf = ({ hash, persons }: OwnScenes) => ({
  ...SCENES_ACCOUNT,
  dataset: { hash },
  unit: persons ? 'person' : SCENES_ACCOUNT.unit,
});

export function DetectorControls({ parameters, own, backbone }: DetectorControlsProps) {
  const { values, panel, resetAll } = parameters;
  const { noiseMultiplier, steps } = values;
  const phases = useMemo(() => scenePhases({ noiseMultiplier, steps }), [noiseMultiplier, steps]);
  return (
    <>
      <ParameterPanel {...panel} only={['noiseMultiplier', 'steps', 'maxGradNorm']} />
      <Price
        noise={values.noiseSource}
        account={own === null ? SCENES_ACCOUNT : accountOf(own)}
        phases={phases}
      />
      <Fold title="Other people, another backbone">
        <div className="grid gap-5">
          <OwnFolderChooser>
            <ParameterPanel {...panel} only={['ofEachPerson']} />
          </OwnFolderChooser>
          <BackboneChooser backbone={backbone} />
        </div>
      </Fold>
      <Randomness {...panel} />
      <BackToDefaults onClick={resetAll} />
    </>
  );
}
