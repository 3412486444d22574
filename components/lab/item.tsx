'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './icons';
import { InsertBar, type Kind } from './insert-bar';

export interface ItemProps {
  id: string;
  /** From 0. */
  at: number;
  of: number;
  /** "text", "code", or the title of a cell. */
  what: string;
  /** Further tools of its kind. */
  tools?: ReactNode;
  onMove(by: 1 | -1): void;
  onDuplicate(): void;
  onRemove(): void;
  onAdd(kind: Kind): void;
  children: ReactNode;
}

/** The id of the element that a cell of a notebook stands in. */
export const itemId = (id: string) => `item-${id}`;

const TYPING = 'input, textarea, select, [contenteditable], .cm-editor';

export function Tool({
  label,
  icon,
  children,
  ...rest
}: {
  label: string;
  icon?: Parameters<typeof Icon>[0]['name'];
} & React.ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="inline-flex min-h-8 min-w-8 items-center justify-center gap-1 rounded-control px-1.5 text-sm text-secondary hover:bg-surface hover:text-text disabled:cursor-not-allowed disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-text"
      {...rest}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

/** The frame of a cell in a notebook of one's own: its tools, and the place for the next one. */
export function Item({ id, at, of, what, tools, onMove, onDuplicate, onRemove, onAdd, children }: ItemProps) {
  const name = `cell ${at + 1}`;

  function onKey(event: KeyboardEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    if (target.closest(TYPING)) return;
    const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (way !== null && event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onMove(way);
    }
    // Only on the frame and its tools: within a cell the key may mean something.
    const framed = target === event.currentTarget || target.closest('[data-lab-tools]') !== null;
    if (event.key === 'Delete' && framed) {
      event.preventDefault();
      onRemove();
    }
  }

  return (
    <section
      id={itemId(id)}
      data-lab-item={id}
      aria-label={`Cell ${at + 1} of ${of}: ${what}`}
      tabIndex={-1}
      onKeyDown={onKey}
      className="lab-item group relative scroll-mt-32 rounded-cell pb-3 focus-visible:outline-offset-4"
    >
      <div data-lab-tools className="no-print flex flex-wrap items-center justify-end gap-0.5">
        <span aria-hidden="true" className="mr-auto text-sm text-secondary tabular-nums">
          {at + 1}
        </span>
        {tools}
        <Tool
          label={`Move ${name} up`}
          icon="up"
          data-tool="up"
          disabled={at === 0}
          onClick={() => onMove(-1)}
          aria-keyshortcuts="Alt+ArrowUp"
        />
        <Tool
          label={`Move ${name} down`}
          icon="down"
          data-tool="down"
          disabled={at === of - 1}
          onClick={() => onMove(1)}
          aria-keyshortcuts="Alt+ArrowDown"
        />
        <Tool label={`Duplicate ${name}`} icon="copy" onClick={onDuplicate} />
        <Tool label={`Delete ${name}`} icon="remove" onClick={onRemove} aria-keyshortcuts="Delete" />
      </div>
      {children}
      {at === of - 1 ? null : <InsertBar where={`after ${name}`} always={false} onAdd={onAdd} />}
    </section>
  );
}
