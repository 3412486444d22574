import { Columns } from '@/components/ui/columns';
import { Scrollable } from '@/components/ui/scrollable';
import type { Detection } from '@/lib/detection/detector';

export interface DetectionTableProps {
  detections: readonly Detection[];
  caption: string;
}

/** What the boxes say, in numbers: class, confidence, and place in pixels of the picture. */
export function DetectionTable({ detections, caption }: DetectionTableProps) {
  return (
    <Scrollable label={caption}>
      <table className="w-full border-collapse text-sm tabular-nums" data-detection-table>
        <caption className="mb-1 text-left font-medium">{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong text-right text-secondary">
            <Columns
              names={['What', 'Confidence', 'Left, top', 'Width × height']}
              className="px-3 py-1 font-medium first:pl-0 first:text-left last:pr-0"
            />
          </tr>
        </thead>
        <tbody>
          {detections.length === 0 ? (
            <tr>
              <td colSpan={4} className="py-2 text-secondary">
                Nothing is found.
              </td>
            </tr>
          ) : null}
          {detections.map(({ box: [x1, y1, x2, y2], className, score }, place) => (
            // By place: two classes may be seen in the same box with the same score, and rows of one key outlive their data.
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no state, and its place is all that it is
            <tr key={place} className="border-b border-line text-right last:border-0">
              <th scope="row" className="py-1 pr-3 text-left font-normal">
                {className}
              </th>
              <td className="px-3 py-1">
                <span className="inline-flex items-center gap-2">
                  <span aria-hidden="true" className="hidden h-1.5 w-16 rounded-full bg-line sm:block">
                    <span
                      className="block h-full rounded-full bg-private"
                      style={{ width: `${100 * score}%` }}
                    />
                  </span>
                  {score.toFixed(3)}
                </span>
              </td>
              <td className="whitespace-nowrap px-3 py-1">
                {Math.round(x1)}, {Math.round(y1)}
              </td>
              <td className="whitespace-nowrap py-1 pl-3">
                {Math.round(x2 - x1)} × {Math.round(y2 - y1)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
