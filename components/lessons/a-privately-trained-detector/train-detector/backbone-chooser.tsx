'use client';

import { useId, useState, useSyncExternalStore } from 'react';
import { FileButton } from '@/components/ui/file-button';
import { megabytes } from '@/components/ui/format';
import {
  cancelDetectorWork,
  detectorState,
  dismissDetectorProblem,
  type LoadedCheckpoint,
  NO_DETECTOR,
  onDetectorState,
  openCheckpoint,
  wantListed,
  withdrawOffer,
} from '@/components/vision/detector-choice';
import { Choice, Working } from '@/components/vision/detector-source';
import { PictureProblemNote } from '@/components/vision/problem-note';
import { WeightsOffer } from '@/components/vision/weights-offer';
import { WEIGHT_SOURCES } from '@/lib/detection/weights/sources';

const BUILT_IN = 'built-in';
const OWN = 'own';

export interface ChosenBackbone {
  wanted: string;
  choose(id: string): void;
  /** Null for the lesson's own, and while another is not here yet. */
  checkpoint: LoadedCheckpoint | null;
}

/**
 * A head on a detector of digits that was itself trained here would not start from public weights; and of NanoDet no layer
 * has been tried as a start.
 */
const isYolo = ({ facts }: LoadedCheckpoint) => facts.family !== 'scene' && facts.family !== 'nanodet';

/** Which public network looks at the forms before the head learns. */
export function useBackbone(): ChosenBackbone {
  const state = useSyncExternalStore(onDetectorState, detectorState, () => NO_DETECTOR);
  const [wanted, setWanted] = useState(BUILT_IN);
  const found = wanted === OWN ? state.own : (state.listed[wanted] ?? null);
  return {
    wanted,
    choose(id) {
      cancelDetectorWork();
      dismissDetectorProblem();
      if (id === BUILT_IN) withdrawOffer();
      setWanted(id);
      if (WEIGHT_SOURCES.some((source) => source.id === id)) void wantListed(id);
    },
    checkpoint: found && isYolo(found) ? found : null,
  };
}

export function BackboneChooser({ backbone: { wanted, choose, checkpoint } }: { backbone: ChosenBackbone }) {
  const name = useId();
  const { own, listed, offer, work, problem } = useSyncExternalStore(
    onDetectorState,
    detectorState,
    () => NO_DETECTOR,
  );
  return (
    <div className="grid gap-2 text-sm" data-backbone={checkpoint?.facts.id ?? BUILT_IN}>
      <fieldset>
        <legend className="mb-1 text-base font-medium">Public backbone</legend>
        <Choice
          name={name}
          checked={wanted === BUILT_IN}
          choose={() => choose(BUILT_IN)}
          title="The lesson’s own"
          note="public digits, 168 kB"
        />
        {WEIGHT_SOURCES.map(({ id, title, bytes }) => (
          <Choice
            key={id}
            name={name}
            checked={wanted === id}
            choose={() => choose(id)}
            title={title}
            note={listed[id] ? 'photographs, here' : `photographs, ${megabytes(bytes)}`}
          />
        ))}
        {own ? (
          <Choice
            name={name}
            checked={wanted === OWN}
            choose={() => choose(OWN)}
            title={own.file}
            note="your file"
          />
        ) : null}
      </fieldset>
      {work ? <Working work={work} /> : null}
      {offer && !work && offer.source.id === wanted ? (
        <WeightsOffer {...offer} meanwhile="the lesson’s own backbone" />
      ) : null}
      <PictureProblemNote problem={problem && { message: problem.message, remedy: problem.remedy }} />
      {wanted === OWN && own && !isYolo(own) ? (
        <PictureProblemNote
          problem={{
            message: `${own.file} is ${own.facts.family === 'scene' ? 'a detector that was trained on forms, not a public network' : 'NanoDet, not a YOLO network'}.`,
            remedy: 'Choose a YOLO checkpoint. Until then the lesson’s own backbone serves.',
          }}
        />
      ) : null}
      <span>
        <FileButton
          label="Choose a YOLO checkpoint"
          accept=".pt,.safetensors"
          onFiles={([file]) => {
            choose(OWN);
            void openCheckpoint(file);
          }}
        />
      </span>
      <p className="text-secondary">
        YOLO26, YOLO11 or YOLOv8, frozen, without its own head: what it sees at its middle scale becomes 64
        numbers a place, and only the small head on top learns, privately. It was made for photographs and
        knows little of small digits, so use it for a folder of photographs. Without a GPU it takes a minute
        or more to look at 2,000 pictures. A head on it is not saved.
      </p>
    </div>
  );
}
