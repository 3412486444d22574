'use client';

import { useMemo } from 'react';
import { RiskField } from '@/components/label/risk-field';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import type { Parameters } from '@/components/notebook/use-parameters';
import { BackToDefaults, Price, Randomness } from '@/components/training/private-run';
import { Fold } from '@/components/ui/fold';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { SCENES_ACCOUNT, scenePhases, sceneRelease } from '../account';
import type { OwnScenes } from '../own-scenes';
import { BackboneChooser, type ChosenBackbone } from './backbone-chooser';
import { OwnFolderChooser } from './own-folder-chooser';
import { detectorParameters } from './parameters';

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
  const { values, set, panel, resetAll } = parameters;
  const { noiseMultiplier, steps } = values;
  const phases = useMemo(() => scenePhases({ noiseMultiplier, steps }), [noiseMultiplier, steps]);
  return (
    <>
      <ParameterPanel {...panel} only={['epsilon', 'noiseMultiplier', 'steps', 'maxGradNorm']} />
      <RiskField
        run={sceneRelease({ noiseMultiplier, steps })}
        delta={SCENE_DELTA}
        range={detectorParameters.declarations.noiseMultiplier}
        unit={own === null ? SCENES_ACCOUNT.unit : accountOf(own).unit}
        onNoise={(found) => set('noiseMultiplier', found)}
      />
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
