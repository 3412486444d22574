'use client';

import { useId, useState } from 'react';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { Button } from '@/components/ui/button';
import { DropZone } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { Fold } from '@/components/ui/fold';
import { count, megabytes, plural } from '@/components/ui/format';
import { WEIGHT_SOURCES } from '@/lib/detection/weights/sources';
import { ClassFilter } from './class-filter';
import {
  anotherScene,
  cancelDetectorWork,
  type DetectorWork,
  dismissDetectorProblem,
  type LoadedCheckpoint,
  openAddress,
  openCheckpoint,
  removeListed,
} from './detector-choice';
import { AS_FITS, EMBEDDED_DETECTORS } from './detector-parameters';
import { EmbeddedFacts } from './embedded-facts';
import { PictureProblemNote } from './problem-note';
import type { DetectorHandle } from './use-detector';
import { WeightsOffer } from './weights-offer';

/** Which detector looks: one of the embedded, one from the list, or a checkpoint of the learner's own. */
export function DetectorSource({ detector }: { detector: DetectorHandle }) {
  const name = useId();
  const { state, wanted, checkpoint } = detector;
  const { own, offer, work, problem } = state;
  const [address, setAddress] = useState('');
  const addressId = useId();

  return (
    <DropZone
      onDropped={({ files: [file] }) => {
        if (file) void openCheckpoint(file);
      }}
      className="grid gap-3"
      data-detector-source={checkpoint ? checkpoint.facts.id : detector.embedded}
    >
      <fieldset>
        <legend className="mb-1 font-medium">Detector</legend>
        <Choice
          name={name}
          checked={!own && wanted === AS_FITS}
          choose={() => detector.choose(AS_FITS)}
          title="As fits the picture"
          note="one of the next two"
        />
        {EMBEDDED_DETECTORS.map(({ id, title, note }) => (
          <Choice
            key={id}
            name={name}
            checked={!own && wanted === id}
            choose={() => detector.choose(id)}
            title={title}
            note={note}
          />
        ))}
        {WEIGHT_SOURCES.map(({ id, title, bytes }) => (
          <Choice
            key={id}
            name={name}
            checked={!own && wanted === id}
            choose={() => detector.choose(id)}
            title={title}
            note={state.listed[id] ? '80 classes, here' : `80 classes, ${megabytes(bytes)}`}
          />
        ))}
        {own ? (
          <Choice name={name} checked choose={() => {}} title={own.file} note="your file, in memory alone" />
        ) : null}
      </fieldset>
      {work ? (
        <div data-stays>
          <Working work={work} />
        </div>
      ) : null}
      {offer && !own && !work && offer.source.id === wanted ? (
        <WeightsOffer {...offer} meanwhile={detector.title} />
      ) : null}
      <PictureProblemNote problem={problem} onDismiss={dismissDetectorProblem}>
        {checkpoint ? null : <p>The built-in {detector.title} goes on.</p>}
      </PictureProblemNote>
      {checkpoint ? <Facts checkpoint={checkpoint} /> : <EmbeddedFacts embedded={detector.embedded} />}
      {checkpoint?.facts.family === 'scene' ? (
        <div className="grid gap-1.5 text-sm text-secondary">
          <p>
            It was trained on forms with handwritten digits, 64 × 64 pixels, and finds nothing else. The
            picture is such a form, of digits that no training has seen.
          </p>
          <span>
            <Button small onClick={() => void anotherScene()} disabled={work !== null}>
              Another scene
            </Button>
          </span>
        </div>
      ) : null}
      {detector.classNames.length > 1 ? (
        <ClassFilter
          classNames={detector.classNames}
          chosen={detector.params.classes}
          onChange={detector.setClasses}
        />
      ) : null}
      <Fold title="Your own checkpoint, input size">
        <div className="grid gap-3">
          {detector.sizeName ? <ParameterPanel {...detector.panel} only={[detector.sizeName]} /> : null}
          <div className="grid gap-1.5">
            <FileButton
              label="Choose a checkpoint"
              accept=".pt,.safetensors"
              onFiles={([file]) => void openCheckpoint(file)}
            />
            <p className="text-sm text-secondary">
              Or drop one here: YOLO26, YOLO11 or YOLOv8 for detection, .pt or .safetensors, or a detector
              that you trained and saved in the lesson “A privately trained detector”. It is read here, never
              run as a program, and goes nowhere.
            </p>
          </div>
          <form
            className="grid gap-1"
            onSubmit={(event) => {
              event.preventDefault();
              void openAddress(address);
            }}
          >
            <label htmlFor={addressId} className="text-sm font-medium">
              Or the address of one
            </label>
            <span className="flex gap-2">
              <input
                id={addressId}
                type="text"
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                value={address}
                placeholder="https://… or /models/…"
                onChange={(event) => setAddress(event.target.value)}
                className="min-h-8 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-2 text-sm hover:border-text"
              />
              <Button small type="submit" disabled={address.trim() === ''}>
                Fetch
              </Button>
            </span>
            <span className="text-sm text-secondary">
              Of this site, or of one that lets pages read it. It is asked only when you press the button.
            </span>
          </form>
        </div>
      </Fold>
    </DropZone>
  );
}

export function Choice({
  name,
  checked,
  choose,
  title,
  note,
}: {
  name: string;
  checked: boolean;
  choose(): void;
  title: string;
  note: string;
}) {
  return (
    <label className="flex min-h-8 items-center gap-2">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={choose}
        className="h-4 w-4 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0 wrap-anywhere">
        {title} <span className="text-sm text-secondary">({note})</span>
      </span>
    </label>
  );
}

const DOING: Record<DetectorWork['kind'], string> = {
  looking: 'Looking in this browser and on this site for',
  downloading: 'Downloading',
  reading: 'Reading',
  composing: 'Composing',
};

export function Working({ work: { kind, file, loaded, total } }: { work: DetectorWork }) {
  const known = total !== null && total > 0;
  return (
    <div className="grid gap-1 text-sm" data-detector-work={kind}>
      <p role="status" className="wrap-anywhere">
        {DOING[kind]} {file}
        {kind === 'downloading' && loaded > 0 ? ` · ${megabytes(loaded)}` : ''}
        {kind === 'downloading' && known ? ` of ${megabytes(total)}` : ''}
      </p>
      <progress
        aria-label={`${DOING[kind]} ${file}`}
        className="progress h-1.5 w-full"
        {...(known && kind !== 'reading' ? { value: loaded, max: total } : {})}
      />
      <span>
        <Button small look="danger" onClick={cancelDetectorWork}>
          Cancel
        </Button>
      </span>
    </div>
  );
}

const FROM: Record<LoadedCheckpoint['origin'], string> = {
  storage: 'kept in this browser',
  site: 'served by this site',
  publisher: 'from its publisher',
  file: 'your file',
  address: 'from the address you gave',
};

function Facts({ checkpoint: { file, facts, origin, kept } }: { checkpoint: LoadedCheckpoint }) {
  const official = WEIGHT_SOURCES.find(({ sha256 }) => sha256 === facts.sha256);
  return (
    <div className="grid gap-1.5 text-sm text-secondary" data-checkpoint={facts.id}>
      <p className="wrap-anywhere">
        <strong className="text-text">{facts.title}</strong>:{' '}
        {plural(facts.classes.length, 'class', 'classes')}, {count(facts.parameters)} parameters, {file} (
        {megabytes(facts.bytes)}), {FROM[origin]}
        {kept && origin !== 'storage' ? ', kept in this browser' : ''}.
        {official ? ` Its hash is that of the published file; ${official.licence}.` : ''}
      </p>
      {official && kept ? (
        <span>
          <Button small onClick={() => void removeListed(official)}>
            Remove it from this browser
          </Button>
        </span>
      ) : null}
    </div>
  );
}
