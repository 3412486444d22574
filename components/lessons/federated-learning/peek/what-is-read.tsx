import { count, short } from '@/components/ui/format';
import { DigitPicture } from '@/components/vision/digit-picture';
import type { Held, Match, PeekResult, RowSeen, Seen, View } from '../experiments/peek';

/** A likeness with its zeros, so that figures below one another line up. */
export const likeness = (value: number) => short(Math.round(value * 1000) / 1000);

const ownerOf = ({ client, label }: Held) => `client ${client + 1}’s ${label}`;

/** Red where it says whose it is. */
const frame = (named: boolean) => (named ? 'border-danger ring-1 ring-danger' : 'border-line');

function Verdict({ match }: { match: Match }) {
  return match.named ? (
    <strong className="text-danger">This is {ownerOf(match)}.</strong>
  ) : (
    <span>Nobody’s for sure. Most like {ownerOf(match)}.</span>
  );
}

interface ViewCardProps {
  id: Seen;
  title: string;
  note: string;
  view: View;
  /** Whether its ten rows are shown below. */
  chosen: boolean;
  onChoose(): void;
}

/** One thing the server sees: what it reads off it, and the digit that this is most like. */
export function ViewCard({ id, title, note, view, chosen, onChoose }: ViewCardProps) {
  const { picture, match } = view.rows[view.best]!;
  return (
    <li
      className={`grid content-start gap-1.5 rounded-control border p-2 ${frame(match.named)}`}
      data-view={id}
    >
      <label className="flex items-start gap-1.5 font-medium leading-snug">
        <input
          type="radio"
          name="peek-view"
          checked={chosen}
          onChange={onChoose}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        {title}
      </label>
      <span className="text-sm leading-snug text-secondary">{note}</span>
      <span className="flex items-end gap-1.5">
        <DigitPicture className="aspect-square w-full max-w-28 min-w-0" pixels={picture} ink={1} />
        <DigitPicture className="aspect-square w-10 shrink-0" pixels={match.pixels} ink={1} />
      </span>
      <span className="text-sm leading-snug" data-owner={id}>
        <Verdict match={match} />
      </span>
      <span className="text-sm text-secondary">
        SSIM{' '}
        <strong className="text-text tabular-nums" data-ssim={id}>
          {likeness(match.ssim)}
        </strong>
        {match.stranger === null ? null : (
          <>
            {' '}
            · best stranger <span className="tabular-nums">{likeness(match.stranger)}</span>
          </>
        )}
      </span>
    </li>
  );
}

/** All that the server reads off one thing it sees: one picture for each class of the model. */
export function TenRows({ title, view }: { title: string; view: View }) {
  return (
    <section aria-label={`The ten rows of: ${title}`} data-rows className="grid gap-2">
      <h3 className="font-semibold">
        All ten rows of: {title}{' '}
        <span className="font-normal text-secondary">
          {view.named === 0 ? 'none says whose it is' : `${view.named} of 10 say whose they are`}
        </span>
      </h3>
      <ol className="grid grid-cols-5 gap-2 @2xl:grid-cols-10">
        {view.rows.map((row, digit) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its class
          <Row key={digit} digit={digit} row={row} />
        ))}
      </ol>
    </section>
  );
}

function Row({ digit, row: { picture, match } }: { digit: number; row: RowSeen }) {
  return (
    <li className="grid content-start gap-0.5 text-xs leading-tight" data-named={match.named}>
      <DigitPicture className={`aspect-square w-full ${frame(match.named)}`} pixels={picture} ink={1} />
      <span className="text-secondary">row {digit}</span>
      {match.named ? <strong className="text-danger">{ownerOf(match)}</strong> : null}
      <span className="tabular-nums">{likeness(match.ssim)}</span>
    </li>
  );
}

/** As many clients as stand in one or two lines. */
const IN_LINE = 20;

/** The clients whose updates are in the sum, each with its first digit; red where a row of the sum gives it away. */
export function Queue({ result }: { result: PeekResult }) {
  const { queue, read } = result;
  const found = new Set(read.sum.rows.filter(({ match }) => match.named).map(({ match }) => match.client));
  return (
    <section aria-label="Clients in the sum" className="grid gap-1.5">
      <h3 className="font-semibold">
        In the sum: {count(queue.length)} {queue.length === 1 ? 'client' : 'clients'}{' '}
        <span className="font-normal text-secondary">
          {found.size === 0 ? 'the sum names none' : `the sum names ${found.size}`}
        </span>
      </h3>
      <ol className="flex flex-wrap gap-1.5">
        {queue.slice(0, IN_LINE).map(({ client, label, pixels }) => (
          <li key={client} className="grid justify-items-center text-xs text-secondary">
            <DigitPicture
              className={`size-9 ${frame(found.has(client))}`}
              pixels={pixels}
              ink={1}
              name={`Client ${client + 1} holds a ${label}${found.has(client) ? ', and the sum names it' : ''}`}
            />
            <span aria-hidden="true">{client + 1}</span>
          </li>
        ))}
        {queue.length > IN_LINE ? (
          <li className="self-center text-sm text-secondary">and {count(queue.length - IN_LINE)} more</li>
        ) : null}
      </ol>
    </section>
  );
}
