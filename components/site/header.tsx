import { HeaderTotal } from '@/components/ledger/header-total';
import { NavLinks } from './nav-links';
import { QuietLink } from './quiet-link';
import { SkipLink } from './skip-link';
import { ThemeToggle } from './theme-toggle';

const PLACES = [
  { href: '/lessons/', label: 'Lessons' },
  { href: '/exercises/', label: 'Exercises' },
  { href: '/lab/', label: 'Lab' },
  { href: '/ledger/', label: 'Ledger' },
  { href: '/about/', label: 'About' },
  { href: '/glossary/', label: 'Glossary' },
];

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      {/* Two bells that nearly coincide: the promise in one picture. */}
      <path d="M3 24C9 24 10 8 14 8s5 16 11 16" fill="none" stroke="var(--on-accent)" strokeWidth="2.2" />
      <path
        d="M7 24c6 0 7-16 11-16s5 16 11 16"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.2"
        strokeDasharray="2.5 2.5"
      />
    </svg>
  );
}

export function SiteHeader() {
  return (
    <header className="no-print sticky top-0 z-30 border-b border-line bg-ground/95 backdrop-blur">
      <SkipLink />
      <div className="mx-auto flex h-14 max-w-[88rem] items-center gap-2 px-3 sm:gap-6 sm:px-6">
        <QuietLink href="/" className="flex items-center gap-2 font-semibold tracking-tight">
          <Mark />
          <span className="hidden lg:inline">Epsilon Playground</span>
          <span className="sr-only lg:hidden">Epsilon Playground, home</span>
        </QuietLink>
        <NavLinks places={PLACES} />
        <HeaderTotal />
        <ThemeToggle />
      </div>
    </header>
  );
}
