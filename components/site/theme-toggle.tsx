'use client';

import { useSyncExternalStore } from 'react';
import { NAMES } from '@/lib/kept';

type Choice = 'auto' | 'light' | 'dark';
const NEXT: Record<Choice, Choice> = { auto: 'light', light: 'dark', dark: 'auto' };
const WORDS: Record<Choice, string> = { auto: 'as the system', light: 'light', dark: 'dark' };
const ICONS: Record<Choice, string> = {
  auto: 'M12 3a9 9 0 1 0 0 18V3Z',
  light: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z',
};

function subscribe(changed: () => void): () => void {
  // As the system, also when the system turns dark in the evening.
  const system = matchMedia(SYSTEM_DARK);
  const follow = () => apply(current());
  system.addEventListener('change', follow);
  window.addEventListener('themechange', changed);
  return () => {
    system.removeEventListener('change', follow);
    window.removeEventListener('themechange', changed);
  };
}

const current = (): Choice => {
  const choice = document.documentElement.dataset.themeChoice;
  return choice === 'light' || choice === 'dark' ? choice : 'auto';
};

const SYSTEM_DARK = '(prefers-color-scheme: dark)';

function apply(choice: Choice): void {
  const dark = choice === 'dark' || (choice === 'auto' && matchMedia(SYSTEM_DARK).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** For this page alone. */
export function showTheme(choice: Choice): void {
  document.documentElement.dataset.themeChoice = choice;
  apply(choice);
  window.dispatchEvent(new Event('themechange'));
}

function choose(choice: Choice): void {
  showTheme(choice);
  try {
    localStorage.setItem(NAMES.theme, choice);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

/** Light, dark, or as the system. */
export function ThemeToggle() {
  const choice = useSyncExternalStore(subscribe, current, () => 'auto' as const);
  return (
    <button
      type="button"
      onClick={() => choose(NEXT[choice])}
      className="grid h-9 w-9 place-items-center rounded-control border border-line bg-surface hover:border-line-strong"
      aria-label={`Colours: ${WORDS[choice]}. Switch to ${WORDS[NEXT[choice]]}.`}
      title={`Colours: ${WORDS[choice]}`}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="currentColor">
        <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d={ICONS[choice]} />
      </svg>
    </button>
  );
}
