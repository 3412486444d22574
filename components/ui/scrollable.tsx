import type { ReactNode } from 'react';

interface ScrollableProps {
  label: string;
  /** Its frame. */
  className?: string;
  children: ReactNode;
}

/**
 * Holds what may be wider than a phone, or longer than its frame: scrolled by touch, and by keyboard, for which it takes the focus. What is placed in it (words for screen readers
 * alone, say) is placed by it: by the page, it would make that as wide as itself.
 */
export function Scrollable({ label, className = 'overflow-x-auto', children }: ScrollableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as said above
    <section tabIndex={0} aria-label={label} data-scrolls className={`relative ${className}`}>
      {children}
    </section>
  );
}
