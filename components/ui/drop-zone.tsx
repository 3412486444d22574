'use client';

import { type ComponentProps, type DragEvent, useState } from 'react';

/**
 * Takes what is dropped onto an element.
 * @returns whether something is held over it, and what the element has to listen to
 */
export function useDrop(onDropped: (data: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  const target = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop(event: DragEvent) {
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      onDropped(event.dataTransfer);
    },
  };
  return { over, target };
}

interface DropZoneProps extends Omit<ComponentProps<'div'>, 'onDrop'> {
  onDropped(data: DataTransfer): void;
}

/** A box that takes what is dropped onto it, and shows so while something is held over it. */
export function DropZone({ onDropped, className = '', children, ...rest }: DropZoneProps) {
  const { over, target } = useDrop(onDropped);
  return (
    <div
      {...rest}
      {...target}
      className={`${className} rounded-control ${over ? 'outline-2 outline-accent outline-offset-4 outline-dashed' : ''}`}
    >
      {children}
    </div>
  );
}
