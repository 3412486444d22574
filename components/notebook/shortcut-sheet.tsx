'use client';

import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import {
  COMMANDS,
  type CommandId,
  DEFAULT_SHORTCUTS,
  keyFor,
  keyOf,
  onShortcuts,
  readShortcuts,
  type Shortcuts,
  whyNot,
  writeShortcuts,
} from '@/lib/notebook/shortcuts';

export function useShortcuts(): Shortcuts {
  return useSyncExternalStore(onShortcuts, readShortcuts, () => DEFAULT_SHORTCUTS);
}

/** Every keyboard command of the page, what it does, and how to have it otherwise. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const shortcuts = useShortcuts();
  const [changing, setChanging] = useState<CommandId | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function take(id: CommandId, event: React.KeyboardEvent) {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setChanging(null);
    const reason = whyNot(id, event, shortcuts);
    setProblem(reason);
    if (reason !== null) return;
    writeShortcuts({ ...shortcuts, keys: { ...shortcuts.keys, [id]: keyOf(event) } });
    setChanging(null);
  }

  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className="mt-3 grid gap-4">
        <table className="w-full border-collapse text-sm">
          <thead className="sr-only">
            <tr>
              <th>Command</th>
              <th>Key</th>
              <th>Change</th>
            </tr>
          </thead>
          <tbody>
            {COMMANDS.map(({ id, words, fixed }) => (
              <tr key={id} className="border-b border-line">
                <td className="py-1.5 pr-3">{words}</td>
                <td className="py-1.5 pr-3">
                  <kbd className="rounded border border-line-strong bg-ground px-1.5 py-0.5 font-mono">
                    {keyFor(id, shortcuts)}
                  </kbd>
                </td>
                <td className="py-1.5 text-right">
                  {fixed ? null : (
                    <Button
                      small
                      look="quiet"
                      aria-label={`Another key for “${words}”`}
                      onClick={() => {
                        setProblem(null);
                        setChanging(id);
                      }}
                      onKeyDown={changing === id ? (event) => take(id, event) : undefined}
                    >
                      {changing === id ? 'Press a key…' : 'Change'}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p role="status" className="text-sm text-danger empty:hidden">
          {problem}
        </p>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={shortcuts.enabled}
            onChange={(event) => writeShortcuts({ ...shortcuts, enabled: event.target.checked })}
            className="h-5 w-5 accent-(--accent)"
          />
          Single keys such as j and ? work on this site
        </label>
        <div className="flex justify-end gap-2">
          <Button small look="quiet" onClick={() => writeShortcuts(DEFAULT_SHORTCUTS)}>
            Back to the defaults
          </Button>
          <Button small look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
