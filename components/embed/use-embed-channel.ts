'use client';

import { useEffect } from 'react';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { showTheme } from '@/components/site/theme-toggle';
import { onGrade } from '@/lib/gradebook/events';
import { anonymous, newUuid, readActor, statementOf } from '@/lib/gradebook/xapi';
import {
  EmbedChannel,
  type EmbedResult,
  hashOfSettings,
  metricsOf,
  refusedSettings,
  wordpressHeight,
} from '@/lib/notebook/embed-protocol';
import { CODE_CELL } from './embeddable';

const UNREAD = {
  type: 'error',
  code: 'code-unread',
  message: 'This code is not the lesson’s own, so it runs only when a reader has seen it and presses Run.',
  remedy: 'Let the reader press Run, or leave the code as the lesson has it.',
} as const;

const NO_ACTOR = {
  type: 'error',
  code: 'actor-invalid',
  message:
    'The actor that this page gave for xAPI is none: an agent has exactly one of mbox, mbox_sha1sum, openid and account.',
  remedy: 'Correct it, or leave it out: then statements are of somebody without a name.',
} as const;

/** Settings that were given, over those that hold. */
function merged(hash: string, settings: Record<string, string | number | boolean>): string {
  const now = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
  delete now.v;
  return hashOfSettings({ ...now, ...settings });
}

/**
 * Lets the page around an embedded cell follow and steer it. Must stand inside the cell's NotebookProvider.
 * @param start loads the cell, which may still be waiting for a click
 * @param opened hash of the address as it was opened
 */
export function useEmbedChannel(
  id: string,
  cellId: string,
  title: string,
  start: () => void,
  opened: string,
): void {
  const { notebook, runner: runnerOf } = useNotebook();
  useEffect(() => {
    // A page of our own, opened by itself, has nobody to talk to.
    if (window.parent === window) return;
    const runner = runnerOf(cellId);
    const atFirst = notebook.hash();
    /** A run was asked for before the cell was there. */
    let waiting = false;
    /** Settings that were given before the cell was there to know them. */
    let early: Record<string, string | number | boolean> | null = null;
    const isThere = () => notebook.store.getState().cells.some((one) => one.id === cellId);
    const set = (settings: Record<string, string | number | boolean>) => {
      const refused = refusedSettings(settings, notebook.linkable());
      if (refused) channel.send(refused);
      else notebook.readHash(merged(notebook.hash(), settings));
    };
    const lastResult = (): EmbedResult | null => {
      const { updates, result, provenance } = runner.snapshot();
      if (result === null && provenance === null) return null;
      return { value: result, metrics: { ...metricsOf(updates.at(-1)), ...metricsOf(result) }, provenance };
    };
    const state = (asked = false, request?: string | number) => {
      const cell = notebook.store.getState().cells.find((one) => one.id === cellId);
      channel.send({
        type: 'state',
        hash: notebook.hash(),
        state: cell?.state ?? 'idle',
        stale: cell?.stale ?? false,
        step: cell?.step ?? 0,
        total: cell?.total ?? null,
        ...(request === undefined ? {} : { request }),
        ...(asked ? { result: lastResult() } : {}),
      });
    };
    /** Code that came with a link or from the page around waits for a reader who presses Run. */
    const isStrangersCode = () => cellId === CODE_CELL && notebook.hash().includes('code=');
    const channel = new EmbedChannel(
      id,
      () => ({ title, settings: notebook.linkable() }),
      (message, origin) => window.parent.postMessage(message, origin),
      (command) => {
        switch (command.type) {
          case 'run':
            if (isStrangersCode()) return channel.send(UNREAD);
            start();
            waiting = !isThere();
            return notebook.command(cellId, 'run');
          case 'stop':
            waiting = false;
            return notebook.command(cellId, 'stop');
          case 'reset':
            notebook.command(cellId, 'reset');
            return notebook.readHash(atFirst);
          case 'setState':
            if (isThere()) return set(command.settings);
            early = { ...early, ...command.settings };
            return;
          case 'setTheme':
            return showTheme(command.theme);
          case 'getState':
            return state(true, command.request);
        }
      },
    );

    const onMessage = (event: MessageEvent) => {
      if (event.source === window.parent) channel.receive(event.data, event.origin);
    };
    window.addEventListener('message', onMessage);

    let said = '';
    const stopNotebook = notebook.store.subscribe(() => {
      const cell = notebook.store.getState().cells.find((one) => one.id === cellId);
      if (early && cell) {
        const settings = early;
        early = null;
        set(settings);
      }
      if (waiting && cell) {
        waiting = false;
        notebook.command(cellId, 'run');
      }
      const now = `${notebook.hash()} ${cell?.state} ${cell?.stale}`;
      if (now === said) return;
      said = now;
      state();
      // A code cell has no runner: its end is told by its state alone.
      if (cell?.state !== 'done' || runner.snapshot().state !== 'idle') return;
      channel.send({ type: 'done', provenance: null });
    });
    let seen: unknown = null;
    let ended = '';
    const stopRunner = runner.subscribe(() => {
      const { updates, state: at, provenance, failure } = runner.snapshot();
      const latest = updates.at(-1) ?? null;
      if (latest !== seen) {
        seen = latest;
        const metrics = metricsOf(latest);
        if (metrics) channel.send({ type: 'metric', metrics });
      }
      if (at === ended) return;
      ended = at;
      if (at === 'done') channel.send({ type: 'done', provenance });
      if (at === 'failed' && failure) {
        const { code, message, remedy } = failure;
        channel.send({ type: 'error', code, message, remedy });
      }
    });

    /** One learner of this page, told apart from others and nothing else: it ends with the page. */
    const nobody = anonymous(location.origin, newUuid());
    const stopGrades = onGrade((event) => {
      if (channel.xapi === null) return;
      const { actor: given } = channel.xapi;
      const actor = given === undefined ? nobody : readActor(given);
      if (actor === null) return channel.send(NO_ACTOR);
      channel.send({ type: 'statement', statement: statementOf(event, { actor, page: location.href }) });
    });

    // The body, not the document: the document is never smaller than the frame, and could not shrink.
    const observer = new ResizeObserver(() => {
      const pixels = document.body.scrollHeight;
      if (!channel.height(pixels)) return;
      const told = wordpressHeight(opened, pixels);
      if (told) window.parent.postMessage(told, '*');
    });
    observer.observe(document.body);
    channel.ready();
    return () => {
      window.removeEventListener('message', onMessage);
      stopNotebook();
      stopRunner();
      stopGrades();
      observer.disconnect();
    };
  }, [id, cellId, title, start, opened, notebook, runnerOf]);
}
