import type { ReactNode } from 'react';

/** One command of a list that a button opens. */
export function MenuItem({
  children,
  onClick,
  disabled = false,
}: {
  children: ReactNode;
  onClick(): void;
  disabled?: boolean;
}) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        disabled={disabled}
        className="min-h-9 w-full rounded-control px-2.5 text-left hover:bg-ground disabled:cursor-not-allowed disabled:opacity-50 disabled:hover:bg-transparent"
      >
        {children}
      </button>
    </li>
  );
}
