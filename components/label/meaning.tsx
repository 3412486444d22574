'use client';

/** All that one ε means: its four faces, with what is counted, and the label of the run. */
import { useState } from 'react';
import { formatDelta, formatEpsilon } from '@/components/ledger/words';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { download, fileName } from '@/components/ui/download';
import { count, short } from '@/components/ui/format';
import { timesRun } from '@/lib/privacy';
import {
  type PrivacyLabel,
  privacyLabel,
  type Release,
  registryRecord,
  registryYaml,
} from '@/lib/runs/label';
import { CROWD, type OddsFigures, WRONGLY, type Wrongly } from '@/lib/runs/odds';
import { type Face, turnTo, useFace } from './face';
import {
  answersInWords,
  countedInWords,
  epsilonInWords,
  FACES,
  guessInWords,
  outOfHundred,
  peopleInWords,
  type Subject,
  sigmaInWords,
} from './faces-in-words';
import { IconArray } from './icon-array';
import { LabelCard } from './label-card';

interface MeaningProps {
  release: Release;
  /** Null while they are worked out. */
  odds: OddsFigures | null;
  sigma: number | null;
  onClose(): void;
}

export default function Meaning({ release, odds, sigma, onClose }: MeaningProps) {
  const label = privacyLabel(release);
  const face = useFace();
  const releases = release.events.reduce((sum, event) => sum + timesRun(event), 0);
  return (
    <Dialog title={`What ε = ${formatEpsilon(release.epsilon)} means`} onClose={onClose}>
      <div className="mt-3 grid gap-4" data-meaning>
        <FaceChoice face={face} />
        <div className="grid gap-3" data-face={face}>
          <Turn
            {...{ face, odds }}
            subject={label.protects}
            epsilon={formatEpsilon(release.epsilon)}
            delta={formatDelta(release.account.delta)}
            sigma={sigma === null ? null : short(sigma, 4)}
            releases={releases}
          />
          <p className="text-sm text-secondary">{countedInWords(face, label.protects)}</p>
        </div>
        <LabelCard label={label} />
        <Save label={label} />
        <div>
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}

function FaceChoice({ face }: { face: Face }) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Say it as</legend>
      {FACES.map((one) => (
        <label
          key={one.face}
          className="cursor-pointer rounded-control border border-line px-2.5 py-1 text-sm has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2"
        >
          <input
            type="radio"
            name="face"
            className="sr-only"
            checked={face === one.face}
            onChange={() => turnTo(one.face)}
          />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

interface TurnProps {
  face: Face;
  odds: OddsFigures | null;
  subject: Subject;
  epsilon: string;
  delta: string;
  sigma: string | null;
  releases: number;
}

function Turn({ face, odds, subject, epsilon, delta, sigma, releases }: TurnProps) {
  if (face === 'epsilon') return <Says>{epsilonInWords(epsilon, delta)}</Says>;
  if (face === 'sigma') return <Says>{sigmaInWords(sigma, releases)}</Says>;
  if (odds === null) return <Says>Working it out …</Says>;
  return face === 'people' ? <People {...{ odds, subject }} /> : <Answers {...{ odds, subject }} />;
}

const Says = ({ children }: { children: string }) => (
  <p className="text-lg leading-snug font-semibold" role="status" data-says>
    {children}
  </p>
);

function People({ odds, subject }: { odds: OddsFigures; subject: Subject }) {
  const [wrongly, setWrongly] = useState<Wrongly>(10);
  const others = odds.ruledOut[wrongly];
  return (
    <>
      <Says>{peopleInWords(odds, wrongly, subject)}</Says>
      <p className="text-sm">{guessInWords(wrongly)}</p>
      <div className="grid max-w-96 grid-cols-2 gap-4">
        <IconArray
          share={odds.pickedOut[wrongly] / CROWD}
          label={`${count(odds.pickedOut[wrongly])} of 1,000 named rightly`}
          title="Named rightly. Each square is ten."
        />
        <IconArray
          share={wrongly / CROWD}
          label={`${wrongly} of 1,000 named wrongly`}
          title="Named wrongly. Each square is ten."
        />
      </div>
      <label className="flex flex-wrap items-center gap-2 text-sm">
        He wrongly names, of 1,000,
        <select
          value={wrongly}
          onChange={(event) => setWrongly(Number(event.target.value) as Wrongly)}
          className="min-h-8 rounded-control border border-line-strong bg-surface px-2"
        >
          {WRONGLY.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      {subject.relation === 'add-or-remove-one' ? (
        <p className="text-sm text-secondary">
          The other way round, naming those that did not take part: up to {count(others)} of 1,000, if he is
          wrong about {wrongly} of 1,000 that did.
        </p>
      ) : null}
    </>
  );
}

function Answers({ odds, subject }: { odds: OddsFigures; subject: Subject }) {
  const { ifIn, ifOut } = outOfHundred(odds);
  return (
    <>
      <Says>{answersInWords(odds, subject)}</Says>
      <div className="grid max-w-96 grid-cols-2 gap-4">
        <IconArray
          share={ifIn / 100}
          label={`${ifIn} of 100 results`}
          title={`If so: ${ifIn} of 100 results.`}
        />
        <IconArray
          share={ifOut / 100}
          label={`${ifOut} of 100 results`}
          title={`If not: ${ifOut} of 100 results.`}
        />
      </div>
    </>
  );
}

/** The label as a file: in the form of the public registry of deployments. */
function Save({ label }: { label: PrivacyLabel }) {
  const record = () => registryRecord(label, new Date());
  const name = `privacy label ${label.title}`;
  async function saveYaml() {
    download(fileName(name, 'yaml'), new Blob([await registryYaml(record())], { type: 'application/yaml' }));
  }
  function saveJson() {
    const text = `${JSON.stringify(record(), null, 2)}\n`;
    download(fileName(name, 'json'), new Blob([text], { type: 'application/json' }));
  }
  if (label.epsilon === null || !Number.isFinite(label.epsilon)) return null;
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => void saveYaml()}>
          Save the label as YAML
        </Button>
        <Button small onClick={saveJson}>
          As JSON
        </Button>
      </div>
      <p className="text-sm text-secondary">
        In the form of the public Differential Privacy Deployments Registry. On paper the label stands below
        its ε.
      </p>
    </div>
  );
}
