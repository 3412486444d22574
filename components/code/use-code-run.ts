'use client';

import { useEffect, useRef, useState } from 'react';
import type { CellState } from '@/lib/runtime/experiment';
import type { CallDesk } from './answer-call';
import type { Output } from './code-output';
import type { SandboxRun } from './sandbox';

/** Older lines go: a page of text is no place for a million of them. */
const MOST_OUTPUTS = 300;

/** Runs code in the sandbox, and keeps what it puts out. What that takes is loaded with the first run. */
export function useCodeRun(code: string) {
  const [state, setState] = useState<CellState>('idle');
  const [outputs, setOutputs] = useState<readonly { id: number; output: Output }[]>([]);
  const run = useRef<SandboxRun | null>(null);
  const desk = useRef<CallDesk | null>(null);
  const counter = useRef(0);
  /** Grows with every start and end. */
  const turn = useRef(0);

  useEffect(
    () => () => {
      turn.current++;
      run.current?.stop();
      desk.current?.close();
    },
    [],
  );

  function show(output: Output) {
    const id = ++counter.current;
    setOutputs((before) => [...before, { id, output }].slice(-MOST_OUTPUTS));
  }
  const print = (text: string, level: 'log' | 'error' = 'error') => show({ kind: 'text', level, text });

  /** Ends the run that is under way, also one whose engine is still on its way. */
  function end() {
    turn.current++;
    run.current?.stop();
  }

  function start() {
    end();
    setOutputs([]);
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

  function startIn({ runInSandbox, CallDesk, SHOWN }: typeof import('./engine')) {
    desk.current ??= new CallDesk();
    const calls = desk.current;
    run.current = runInSandbox(code, {
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
            setState('failed');
            const where = message.line === null ? '' : ` (line ${message.line})`;
            return print(`${message.name}: ${message.message}${where}`);
          }
          case 'show': {
            const { what, value } = message;
            const { data: spec, error } = SHOWN[what].safeParse(value);
            if (!error) return show({ kind: what, spec } as Output);
            const [issue] = error.issues;
            print(`lab.${what} was not given what it needs: ${issue?.path.join('.')}: ${issue?.message}`);
          }
        }
      },
    });
  }

  function stop() {
    end();
    setState('stopped');
  }

  function reset() {
    end();
    setOutputs([]);
    setState('idle');
  }

  return { state, outputs, start, stop, reset };
}
