/** What a cell shows before its first run. */
export function BeforeRun({ press = 'Run', children }: { press?: string; children: React.ReactNode }) {
  return (
    <p className="rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
      Press <strong className="text-text">{press}</strong>: {children}
    </p>
  );
}
