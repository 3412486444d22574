'use client';

import { useEffect, useRef, useState } from 'react';
import type { CellState } from '@/lib/runtime/experiment';
import { inWords } from '@/lib/runtime/issues';
import type { CallDesk } from './answer-call';
import { NO_OUTPUTS, type Numbered, withMore } from './bounded';
import type { Output } from './code-output';
import type { Fault } from './read-code';
import type { SandboxRun } from './sandbox';

const DRAW_EVERY_MS = 30;

/**
 * Runs code in the sandbox, and keeps what it puts out. What that takes is loaded with the first run.
 *
 * @param options.prepared code finds what exercises give it beside the language
 */
export function useCodeRun(code: string, { prepared = false }: { prepared?: boolean } = {}) {
  const [state, setState] = useState<CellState>('idle');
  const [outputs, setOutputs] = useState(NO_OUTPUTS);
  /** The code that ran last on this page; null before the first run. */
  const [ran, setRan] = useState<string | null>(null);
  /** Where the code that ran last broke. */
  const [fault, setFault] = useState<(Fault & { code: string }) | null>(null);
  const run = useRef<SandboxRun | null>(null);
  const desk = useRef<CallDesk | null>(null);
  const counter = useRef(0);
  /** Grows with every start and end. */
  const turn = useRef(0);
  /** What has come since the page was drawn last: two hundred messages a second are drawn together. */
  const fresh = useRef<Numbered[]>([]);

  useEffect(
    () => () => {
      turn.current++;
      run.current?.stop();
      desk.current?.close();
    },
    [],
  );

  function show(output: Output) {
    fresh.current.push({ id: ++counter.current, output });
    // By a timer, not by a frame: a hidden tab draws none.
    if (fresh.current.length === 1) setTimeout(flush, DRAW_EVERY_MS);
  }
  function flush() {
    const more = fresh.current;
    fresh.current = [];
    if (more.length > 0) setOutputs((before) => withMore(before, more));
  }
  function clear() {
    fresh.current = [];
    setOutputs(NO_OUTPUTS);
    setFault(null);
  }
  const print = (text: string, level: 'log' | 'error' = 'error') => show({ kind: 'text', level, text });

  /** Ends the run that is under way, also one whose engine is still on its way. */
  function end() {
    turn.current++;
    run.current?.stop();
  }

  function start() {
    end();
    clear();
    setRan(code);
    setState('running');
    const mine = turn.current;
    import('./engine').then(
      (engine) => {
        if (mine === turn.current) startIn(engine);
      },
      () => {
        if (mine !== turn.current) return;
        setState('failed');
        print('What runs code could not be loaded. Is the network there? Press Run again.');
      },
    );
  }

  function startIn({
    runInSandbox,
    CallDesk,
    SHOWN,
    HELPERS_SOURCE,
    readCode,
    excerptOf,
  }: typeof import('./engine')) {
    function fail(name: string, { message, line, column }: Fault) {
      setState('failed');
      setFault({ message, line, column, code });
      const place = column === null ? `line ${line}` : `line ${line}, column ${column}`;
      print([`${name}: ${message} (${place})`, excerptOf(code, { line, column })].filter(Boolean).join('\n'));
    }
    const read = readCode(code);
    if (read.fault) return fail('SyntaxError', read.fault);
    desk.current ??= new CallDesk();
    const calls = desk.current;
    run.current = runInSandbox(
      read.code,
      {
        answer: (call, update, signal) => calls.answer(call, update, signal),
        onKilled(reason) {
          setState('failed');
          print(reason);
        },
        onMessage(message) {
          switch (message.type) {
            case 'log':
              return show({ kind: 'text', level: message.level, text: message.text });
            case 'done':
              setState('done');
              if (message.text !== null) print(message.text, 'log');
              return;
            case 'error': {
              const { name, message: words, line } = message;
              if (line !== null) return fail(name, { message: words, line, column: null });
              setState('failed');
              return print(`${name}: ${words}`);
            }
            case 'show': {
              const { what, value } = message;
              const { data: spec, error } = SHOWN[what].safeParse(value);
              if (!error) return show({ kind: what, spec } as Output);
              print(`lab.${what} was not given what it needs: ${inWords(error.issues)}`);
            }
          }
        },
      },
      prepared ? { helpers: HELPERS_SOURCE } : {},
    );
  }

  function stop() {
    end();
    setState('stopped');
  }

  function reset() {
    end();
    clear();
    setRan(code);
    setState('idle');
  }

  return { state, outputs, ran, fault, start, stop, reset };
}
