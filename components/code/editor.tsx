'use client';

import { autocompletion, type CompletionContext } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { EXPERIMENT_DOCS, LAB_DOCS, type LabDoc } from './lab-docs';
import type { Fault } from './read-code';

const options = (docs: readonly LabDoc[], type: string) =>
  docs.map(({ name, call, text }) => ({ label: name, type, info: `${call}\n${text}` }));
const NAMES = options(LAB_DOCS, 'function');
const EXPERIMENTS = options(EXPERIMENT_DOCS, 'constant');

/** Offers the names of the `lab` object, and of experiments within the quotes of `lab.run('…')`; each with what it does. */
function completeLab(context: CompletionContext) {
  const start = context.matchBefore(/lab\.run\(\s*['"][\w-]*/);
  if (start) return { from: start.to - /[\w-]*$/.exec(start.text)![0].length, options: EXPERIMENTS };
  const word = context.matchBefore(/lab[\w.]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  return { from: word.from, options: NAMES };
}

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '0.9rem' },
  '.cm-content': { fontFamily: 'ui-monospace, monospace', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--secondary)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
  },
});

/** In the page's own colours, which can be read in the light and in the dark; the editor's are for the light alone. */
const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: 'var(--accent)' },
    { tag: [tags.string, tags.number, tags.bool, tags.null, tags.regexp], color: 'var(--attacker)' },
    { tag: tags.comment, color: 'var(--secondary)', fontStyle: 'italic' },
  ]),
);

export interface EditorProps {
  label: string;
  value: string;
  /** Where it broke when it ran: marked. */
  fault: Fault | null;
  onChange(value: string): void;
  onRun(): void;
  /** Where somebody is typing already, in characters: goes on there. */
  cursor?: number | null;
}

/** The editor of a code cell. Tab moves on, as everywhere on the page: nobody is caught in it. */
export default function Editor({ label, value, fault, onChange, onRun, cursor = null }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, onRun });
  useEffect(() => {
    latest.current = { onChange, onRun };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later values are given to it below
  useLayoutEffect(() => {
    const dark = new Compartment();
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          basicSetup,
          javascript(),
          lintGutter(),
          autocompletion({ override: [completeLab] }),
          theme,
          colours,
          dark.of(EditorView.darkTheme.of(document.documentElement.dataset.theme === 'dark')),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.domEventHandlers({
            keydown: (event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
              event.preventDefault();
              event.stopPropagation();
              latest.current.onRun();
              return true;
            },
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (cursor !== null) {
      made.focus();
      made.dispatch({ selection: { anchor: Math.min(cursor, value.length) } });
    }
    return () => made.destroy();
  }, []);

  // Reset, Back, undo of a notebook: a text that did not come from here.
  useEffect(() => {
    const made = view.current;
    if (made && made.state.doc.toString() !== value)
      made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const made = view.current;
    if (!made) return;
    const { doc } = made.state;
    if (!fault || fault.line > doc.lines) return made.dispatch(setDiagnostics(made.state, []));
    const { from, to } = doc.line(fault.line);
    const at = fault.column === null ? from : Math.min(to, from + fault.column - 1);
    const diagnostic = { from: at, to, severity: 'error', message: fault.message } as const;
    made.dispatch(setDiagnostics(made.state, [diagnostic]), {
      selection: { anchor: at },
      scrollIntoView: true,
    });
  }, [fault]);

  return <div ref={host} className="overflow-hidden rounded-control border border-line-strong" />;
}
