import type { SVGAttributes } from 'react';
import type { Marker } from './series';

export interface MarkProps extends Pick<SVGAttributes<SVGElement>, 'transform' | 'className' | 'opacity'> {
  marker: Marker;
  x: number;
  y: number;
  size?: number;
  color: string;
  hollow?: boolean;
  'data-dot'?: string;
}

/** The marker of a series, centred on (x, y); about as heavy in every shape. */
export function Mark({ marker, x, y, size = 4, color, hollow = false, ...drawn }: MarkProps) {
  const paint = { fill: hollow ? 'var(--surface)' : color, stroke: color, strokeWidth: 1.5, ...drawn };
  switch (marker) {
    case 'circle':
      return <circle cx={x} cy={y} r={size} {...paint} />;
    case 'square':
      return <rect x={x - size * 0.9} y={y - size * 0.9} width={size * 1.8} height={size * 1.8} {...paint} />;
    case 'triangle':
      return (
        <path
          d={`M${x} ${y - size * 1.2}L${x + size * 1.15} ${y + size * 0.85}H${x - size * 1.15}Z`}
          {...paint}
        />
      );
    case 'diamond':
      return (
        <path
          d={`M${x} ${y - size * 1.3}L${x + size * 1.3} ${y}L${x} ${y + size * 1.3}L${x - size * 1.3} ${y}Z`}
          {...paint}
        />
      );
  }
}
