'use client';

import { useEffect, useState } from 'react';

const SIDE = 24;

/** Whether a sign is drawn in colour: where there is no font of emoji, a black box stands for it. */
function inColour(sign: string): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.font = `${SIDE - 6}px sans-serif`;
  context.fillStyle = '#000';
  context.fillText(sign, 0, SIDE - 6);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  for (let i = 0; i < data.length; i += 4)
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return true;
  return false;
}

const known = new Map<string, boolean>();

/** Whether this machine can draw all of these emoji. False until it has been tried, and while there are none. */
export function useEmojiFont(signs: readonly string[]): boolean {
  const [can, setCan] = useState(false);
  const all = signs.join(' ');
  useEffect(() => {
    const each = all === '' ? [] : all.split(' ');
    setCan(
      each.length > 0 &&
        each.every((sign) => {
          if (!known.has(sign)) known.set(sign, inColour(sign));
          return known.get(sign)!;
        }),
    );
  }, [all]);
  return can;
}
