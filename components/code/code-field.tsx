'use client';

import { type ComponentType, useRef, useState } from 'react';
import type { EditorProps } from './editor';

/** As the editor sets its lines, beside the room of its gutters: nothing moves when it comes. */
const LINES =
  'm-0 py-1 pr-0.5 pl-[60px] text-[0.9rem] leading-[1.4] whitespace-break-spaces [font-family:ui-monospace,monospace] [overflow-wrap:anywhere]';

type CodeFieldProps = Omit<EditorProps, 'cursor'>;

/**
 * A field for code: plain until somebody comes to it, then the editor. Its program takes a slow phone most of a second, which a reader
 * who still reads the task should not wait for.
 */
export function CodeField(props: CodeFieldProps) {
  const { label, value, onChange, onRun } = props;
  const plain = useRef<HTMLTextAreaElement>(null);
  const asked = useRef(false);
  const [editor, setEditor] = useState<{ Editor: ComponentType<EditorProps>; cursor: number | null } | null>(
    null,
  );
  async function come() {
    if (asked.current) return;
    asked.current = true;
    try {
      const { default: Editor } = await import('./editor');
      const field = plain.current;
      setEditor({ Editor, cursor: field && document.activeElement === field ? field.selectionStart : null });
    } catch {
      // Offline, say: the plain field does as well, and asks again when it is come to again.
      asked.current = false;
    }
  }
  if (editor) return <editor.Editor {...props} cursor={editor.cursor} />;
  return (
    <div className="relative overflow-hidden rounded-control border border-line-strong">
      <pre aria-hidden="true" className={`invisible ${LINES}`}>
        {`${value}\u200b`}
      </pre>
      <textarea
        ref={plain}
        aria-label={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => onChange(event.target.value)}
        onPointerEnter={come}
        onFocus={come}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onRun();
        }}
        className={`absolute inset-0 h-full w-full resize-none overflow-hidden bg-transparent ${LINES}`}
      />
    </div>
  );
}
