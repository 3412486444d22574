import type { SVGAttributes } from 'react';
import type { Marker } from './series';

/** Its outline as an SVG path, centred on (x, y); about as heavy in every shape. */
export function markOutline(marker: Marker, x: number, y: number, size: number): string {
  switch (marker) {
    case 'circle':
      return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
    case 'square':
      return `M${x - size * 0.9} ${y - size * 0.9}h${size * 1.8}v${size * 1.8}h${-size * 1.8}Z`;
    case 'triangle':
      return `M${x} ${y - size * 1.2}L${x + size * 1.15} ${y + size * 0.85}H${x - size * 1.15}Z`;
    case 'diamond':
      return `M${x} ${y - size * 1.3}L${x + size * 1.3} ${y}L${x} ${y + size * 1.3}L${x - size * 1.3} ${y}Z`;
  }
}

export interface MarkProps extends Pick<SVGAttributes<SVGElement>, 'transform' | 'className' | 'opacity'> {
  marker: Marker;
  x: number;
  y: number;
  size?: number;
  color: string;
  hollow?: boolean;
}

/** The marker of a series. */
export function Mark({ marker, x, y, size = 4, color, hollow = false, ...drawn }: MarkProps) {
  return (
    <path
      d={markOutline(marker, x, y, size)}
      fill={hollow ? 'var(--surface)' : color}
      stroke={color}
      strokeWidth={1.5}
      {...drawn}
    />
  );
}
