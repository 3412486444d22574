'use client';

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

/** A question that waits for an answer. The browser's own modal: traps focus, closes with Escape, gives focus back. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // In the layout phase: closed before it is taken out of the page, or the focus would not find its way back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      // The event comes late: by then an effect that ran twice may have opened it again.
      onClose={() => {
        if (!ref.current?.open) onClose();
      }}
      className="m-auto w-[min(36rem,calc(100vw-1.5rem))] rounded-cell border border-line bg-raised p-5 text-text shadow-(--shadow) backdrop:bg-black/50"
    >
      <h2 id={id} className="text-lg font-semibold leading-tight">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
