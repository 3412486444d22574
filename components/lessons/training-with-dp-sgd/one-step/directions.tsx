'use client';

/** Clean and noisy sum, true to scale: two vectors always lie in one plane, however many directions there are. */
export function Directions({
  clean,
  noisy,
  noise,
  cosine,
}: {
  clean: number;
  noisy: number;
  noise: number;
  cosine: number;
}) {
  const tip = { x: noisy * cosine, y: noisy * Math.sqrt(Math.max(0, 1 - cosine * cosine)) };
  const left = Math.min(0, tip.x);
  const right = Math.max(clean, tip.x);
  const scale = 1 / Math.max(right - left, tip.y, 1e-12);
  const [width, height] = [300, 190];
  // One scale for both axes, so that angles are true.
  const unit = Math.min(width - 40, height - 40);
  const place = (x: number, y: number) => ({
    x: 20 + (x - left) * scale * unit,
    y: height - 20 - y * scale * unit,
  });
  const [start, cleanEnd, noisyEnd] = [place(0, 0), place(clean, 0), place(tip.x, tip.y)];
  const line = (from: { x: number; y: number }, to: { x: number; y: number }) => ({
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="w-full max-w-sm"
      role="img"
      aria-label={`The clean sum is ${clean.toPrecision(3)} long, the noise ${noise.toPrecision(3)}, the noisy sum ${noisy.toPrecision(3)}; clean and noisy sum are ${Math.round((Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI)} degrees apart.`}
    >
      <line {...line(cleanEnd, noisyEnd)} stroke="var(--noise)" strokeWidth="2" strokeDasharray="6 4" />
      <line {...line(start, noisyEnd)} stroke="var(--private)" strokeWidth="3" />
      <line {...line(start, cleanEnd)} stroke="var(--plain)" strokeWidth="4" />
      <circle cx={start.x} cy={start.y} r="3.5" fill="var(--text)" />
      <rect x={cleanEnd.x - 4} y={cleanEnd.y - 4} width="8" height="8" fill="var(--plain)" />
      <circle cx={noisyEnd.x} cy={noisyEnd.y} r="4.5" fill="var(--private)" />
    </svg>
  );
}
