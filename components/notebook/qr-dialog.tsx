'use client';

import { useMemo } from 'react';
import { encode } from 'uqr';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';

/** Modules of white around the code, as its standard asks (ISO/IEC 18004). */
const QUIET_ZONE = 4;

function draw(text: string): { path: string; size: number } | null {
  try {
    const { data, size } = encode(text, { border: QUIET_ZONE });
    const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
    return { path, size };
  } catch {
    // More than the largest code holds.
    return null;
  }
}

/** The link to this page and its settings, for the phones in the room. */
export function QrDialog({ link, onClose }: { link: string; onClose(): void }) {
  const code = useMemo(() => draw(link), [link]);
  return (
    <Dialog title="This page, with these settings" onClose={onClose}>
      <div className="mt-3 grid gap-3">
        {code ? (
          <svg
            viewBox={`0 0 ${code.size} ${code.size}`}
            role="img"
            aria-label="QR code of the link below"
            className="mx-auto w-full max-w-80 bg-white"
            shapeRendering="crispEdges"
          >
            <path d={code.path} fill="#000" />
          </svg>
        ) : (
          <p>The link is too long for a QR code. Copy it instead, or reset some settings.</p>
        )}
        <p className="break-all text-sm text-secondary">{link}</p>
        <div className="flex justify-end gap-2">
          <CopyButton text={link}>Copy the link</CopyButton>
          <Button small look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
