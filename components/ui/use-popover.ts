import { type CSSProperties, useId, useRef } from 'react';

/** The browser's own popover, held to the button that opens it: closes with Escape, never traps the keyboard. */
export function usePopover<Box extends HTMLElement>() {
  const id = useId();
  const box = useRef<Box>(null);
  const anchor = `--popover-${id.replace(/[^a-zA-Z0-9]/g, '')}`;
  return {
    opener: { popoverTarget: id, style: { anchorName: anchor } as CSSProperties },
    popover: { ref: box, id, popover: 'auto' as const, style: { positionAnchor: anchor } as CSSProperties },
    close: () => box.current?.hidePopover(),
  };
}
