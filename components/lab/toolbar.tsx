'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from './icons';

/** A change that can be taken back, or done again. */
interface Step {
  words: string;
}

function StepButton({
  word,
  icon,
  keys,
  next,
  onClick,
}: {
  word: string;
  icon: 'undo' | 'redo';
  keys: string;
  next: Step | undefined;
  onClick(): void;
}) {
  return (
    <Button
      small
      onClick={onClick}
      disabled={!next}
      aria-label={next ? `${word}: ${next.words}` : word}
      title={next ? `${word}: ${next.words} (${keys})` : word}
    >
      <Icon name={icon} />
      <span className="hidden sm:inline">{word}</span>
    </Button>
  );
}

/** Above the cells, and in sight all the way down: undo and redo, and what is said of the whole notebook. */
export function Toolbar({
  undone,
  again,
  onUndo,
  onRedo,
  children,
}: {
  /** What Undo would take back, and Redo do again. */
  undone: Step | undefined;
  again: Step | undefined;
  onUndo(): void;
  onRedo(): void;
  children: ReactNode;
}) {
  return (
    <div
      role="toolbar"
      aria-label="Notebook"
      data-lab-bar
      className="no-print sticky top-14 z-20 -mx-1 flex flex-wrap items-center gap-1.5 border-b border-line bg-ground/95 px-1 py-2 text-sm backdrop-blur"
    >
      <StepButton word="Undo" icon="undo" keys="Control + Z" next={undone} onClick={onUndo} />
      <StepButton word="Redo" icon="redo" keys="Control + Shift + Z" next={again} onClick={onRedo} />
      {children}
    </div>
  );
}
