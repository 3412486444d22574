'use client';

import { type ComponentProps, useState } from 'react';

interface DropZoneProps extends Omit<ComponentProps<'div'>, 'onDrop'> {
  onDropped(data: DataTransfer): void;
}

/** A box that takes what is dropped onto it, and shows so while something is held over it. */
export function DropZone({ onDropped, className = '', children, ...rest }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; a button inside does the same by keyboard
    <div
      {...rest}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        onDropped(event.dataTransfer);
      }}
      className={`${className} rounded-control ${over ? 'outline-2 outline-accent outline-offset-4 outline-dashed' : ''}`}
    >
      {children}
    </div>
  );
}
