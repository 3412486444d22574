import type { ReactNode } from 'react';

interface ScrollableProps {
  label: string;
  /** Its frame. */
  className?: string;
  children: ReactNode;
}

/** Holds what may be wider than a phone, or longer than its frame: scrolled by touch, and by keyboard, for which it takes the focus. */
export function Scrollable({ label, className = 'overflow-x-auto', children }: ScrollableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as said above
    <section tabIndex={0} aria-label={label} className={className}>
      {children}
    </section>
  );
}
