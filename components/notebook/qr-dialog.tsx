'use client';

import { useEffect, useId, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { askAddresses, isLoopback, phoneLink } from '@/lib/notebook/phone-link';

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

function Code({ link }: { link: string }) {
  const code = useMemo(() => draw(link), [link]);
  if (!code) return <p>The link is too long for a QR code. Copy it instead, or reset some settings.</p>;
  return (
    <svg
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label="QR code of the link below"
      className="mx-auto w-full max-w-80 bg-white"
      shapeRendering="crispEdges"
    >
      <path d={code.path} fill="#000" />
    </svg>
  );
}

/** Asks for the address by which others reach this machine; the server may know it. */
function PhoneAddress({ typed, onType }: { typed: string; onType(address: string): void }) {
  const id = useId();
  const [known, setKnown] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const left = new AbortController();
    askAddresses(left.signal).then(setKnown, () => {});
    return () => left.abort();
  }, []);
  return (
    <div className="grid gap-2">
      <p>
        This page stands at an address that only this computer knows ({location.host}). A phone cannot open
        it.
      </p>
      {known?.map((address) => (
        <Button key={address} small onClick={() => onType(address)}>
          Use {address}
        </Button>
      ))}
      {known?.length === 0 ? (
        <p className="text-sm text-secondary">
          The server answers this computer alone. Start it with <code>HOST=0.0.0.0 npm run serve</code>: it
          then says its address in this network.
        </p>
      ) : null}
      <label htmlFor={id} className="text-sm">
        The address of this computer in the network of the room
      </label>
      <input
        id={id}
        value={typed}
        onChange={(event) => onType(event.target.value)}
        placeholder="192.168.1.20"
        autoComplete="off"
        spellCheck={false}
        className="h-9 rounded-control border border-line-strong bg-surface px-2"
      />
    </div>
  );
}

/** The link to this page and its settings, for the phones in the room. */
export function QrDialog({ link, onClose }: { link: string; onClose(): void }) {
  const alone = isLoopback(new URL(link).hostname);
  const [address, setAddress] = useState('');
  const given = alone ? phoneLink(link, address) : link;
  return (
    <Dialog title="This page, with these settings" onClose={onClose}>
      <div className="mt-3 grid gap-3">
        {alone ? <PhoneAddress typed={address} onType={setAddress} /> : null}
        {given === null ? null : (
          <>
            <Code link={given} />
            <p className="break-all text-sm text-secondary">{given}</p>
          </>
        )}
        {given === null && address.trim() !== '' ? (
          <p role="status" className="text-sm text-secondary">
            That is no address that a phone could open.
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          {given === null ? null : <CopyButton text={given}>Copy the link</CopyButton>}
          <Button small look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
