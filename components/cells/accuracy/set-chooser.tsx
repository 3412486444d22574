'use client';

import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { droppedFiles } from '@/components/vision/dropped-files';
import type { LabelledSetSource } from '@/components/vision/use-labelled-set';

/** Which pictures accuracy is measured on. */
export function SetChooser({ source }: { source: LabelledSetSource }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { set, own, reading, problem, openFolder } = source;

  function dropped(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(openFolder);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button below does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={dropped}
      className={`grid gap-2 rounded-control text-sm ${over ? 'outline-2 outline-accent outline-offset-4 outline-dashed' : ''}`}
    >
      <p className="text-base font-medium">Pictures to measure on</p>
      <p role="status" className="wrap-anywhere" data-set>
        {reading ? `Reading ${reading.done} of ${reading.total} …` : (set?.title ?? 'Loading …')}
      </p>
      {set?.notes.map((note) => (
        <p key={note} className="text-secondary">
          {note}
        </p>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => input.current?.click()}>
          Open a labelled folder
        </Button>
        <input
          ref={input}
          type="file"
          {...{ webkitdirectory: '' }}
          aria-label="Open a labelled folder"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            if (files.length > 0) openFolder(files);
            event.target.value = '';
          }}
        />
        {own ? (
          <Button small onClick={source.useSamples}>
            Back to the samples
          </Button>
        ) : null}
      </div>
      <p className="text-secondary">
        Or drop one here: pictures with a .txt file of the same name each (class, centre, size, as YOLO has
        them), beside them or in “labels” next to “images”. They stay in this browser.
      </p>
      {problem ? (
        <div role="alert" className="rounded-control border border-danger bg-danger-soft p-3 wrap-anywhere">
          <p className="font-semibold">{problem.message}</p>
          <p>{problem.remedy}</p>
        </div>
      ) : null}
    </div>
  );
}
