'use client';

import { useEffect, useRef } from 'react';
import { wholePercent } from '@/components/ui/format';
import type { Detection } from '@/lib/detection/detector';
import { basePath } from '@/lib/runtime/assets';
import type { Found } from './found';
import type { NoisyPicture } from './noisy-picture';
import { FACES, RECORDED } from './recorded';

const { file, alt, width, height } = RECORDED.made;

export interface PictureProps {
  noise: number;
  /** Null while the picture stands as the page came with it. */
  noisy: NoisyPicture | null;
  detections: readonly Detection[];
  found: Found;
  /** Whether the boxes were found just now; else they are a recorded look. */
  live: boolean;
}

/** Where a box stands, whatever the picture's size on the screen. */
const placeOf = ([x1, y1, x2, y2]: Detection['box']) => ({
  left: `${(100 * x1) / width}%`,
  top: `${(100 * y1) / height}%`,
  width: `${(100 * (x2 - x1)) / width}%`,
  height: `${(100 * (y2 - y1)) / height}%`,
});

/** On a photo, whose colours do not follow the theme, so neither do these. */
const BOX = 'absolute rounded-[2px] outline-2 outline-[#1746c7] ring-3 ring-white/90';
const LOST = 'absolute rounded-[2px] outline-1 outline-dashed outline-white/80';
const ON_PICTURE =
  'absolute bottom-1 rounded-control bg-black/75 px-1.5 text-white sm:bottom-2 sm:px-2.5 sm:py-1';

/** The picture, its noise, and the boxes of what is still found; what is not has a dashed line. */
export function Picture({ noise, noisy, detections, found, live }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !noisy) return;
    const { data } = noisy.at(noise);
    context.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
  }, [noisy, noise]);
  const said = `${found.count} of ${FACES.length} faces found`;
  return (
    <div
      role="img"
      aria-label={`${alt} Noise scale ${noise}: ${said}, ${live ? 'live' : 'recorded'}.`}
      data-found={found.count}
      data-live={live}
      className="relative mx-auto w-full overflow-hidden rounded-control bg-line"
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      {/* biome-ignore lint/performance/noImgElement: the file as it is, which the detector looks at too */}
      <img
        src={`${basePath()}/samples/${file}`}
        alt=""
        width={width}
        height={height}
        fetchPriority="high"
        className="absolute inset-0 h-full w-full"
      />
      <canvas
        ref={canvas}
        width={width}
        height={height}
        className={`absolute inset-0 h-full w-full ${noisy ? '' : 'hidden'}`}
      />
      {FACES.map((box, index) =>
        found.faces[index] ? null : <span key={box.join()} className={LOST} style={placeOf(box)} />,
      )}
      {detections.map(({ box, score }) => (
        <span key={box.join()} className={BOX} style={placeOf(box)}>
          <span className="absolute bottom-full left-[-2px] mb-0.5 bg-[#1746c7] px-1 text-[0.69rem] leading-[1.1rem] font-semibold text-white tabular-nums">
            {wholePercent(score)}
          </span>
        </span>
      ))}
      <strong className={`${ON_PICTURE} left-1 leading-snug tabular-nums sm:left-2 sm:text-lg`}>
        {found.count} of {FACES.length} found
      </strong>
      <span className={`${ON_PICTURE} right-1 text-center text-sm leading-snug sm:right-2 sm:min-w-20`}>
        {live ? 'live' : 'recorded'}
      </span>
    </div>
  );
}
