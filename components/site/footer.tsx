import { QuietLink } from './quiet-link';

export function SiteFooter() {
  return (
    <footer className="no-print mt-16 border-t border-line">
      <div className="mx-auto flex max-w-[88rem] flex-col gap-2 px-3 py-8 text-sm text-secondary sm:px-6">
        <p>
          Everything here runs in your browser: real networks, real training, nothing simulated, nothing sent
          anywhere.
        </p>
        <p>
          Apache-2.0. Pictures, data and weights keep their own licences:{' '}
          <QuietLink href="/about/" className="text-accent underline underline-offset-2">
            limits, credits and licences
          </QuietLink>
          .{' '}
          <QuietLink href="/glossary/" className="text-accent underline underline-offset-2">
            Glossary
          </QuietLink>
          .{' '}
          <QuietLink href="/teach/" className="text-accent underline underline-offset-2">
            For teachers
          </QuietLink>
          .{' '}
          <QuietLink href="/embed/" className="text-accent underline underline-offset-2">
            Embed a cell in your own page
          </QuietLink>
          .{' '}
          <QuietLink href="/offline/" className="text-accent underline underline-offset-2">
            Use it without a network
          </QuietLink>
          .
        </p>
      </div>
    </footer>
  );
}
