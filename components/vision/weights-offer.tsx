import { Button } from '@/components/ui/button';
import { count, megabytes } from '@/components/ui/format';
import type { WeightSource } from '@/lib/detection/weights/sources';
import { downloadListed, removeListed } from './detector-choice';

export interface WeightsOfferProps {
  source: WeightSource;
  /** Bytes that are here from an earlier download. */
  received: number;
  /** What serves meanwhile. */
  meanwhile?: string;
}

/** What would be fetched, from where and under which terms: shown before anything is asked of another site. */
export function WeightsOffer({
  source,
  received,
  meanwhile = 'the built-in face detector',
}: WeightsOfferProps) {
  const { title, about, address, bytes, licence, licenceUrl, publisher, sha256, release, file } = source;
  const facts = [
    { name: 'Address', value: <code className="break-all">{address}</code> },
    { name: 'Size', value: `${count(bytes)} bytes (${megabytes(bytes)})` },
    {
      name: 'Licence',
      value: (
        <>
          {publisher},{' '}
          <a href={licenceUrl} rel="license external noopener" className="underline underline-offset-2">
            {licence}
          </a>
        </>
      ),
    },
    { name: 'SHA-256', value: <code className="break-all">{sha256}</code> },
  ];
  return (
    <section
      aria-label={`Download ${title}`}
      data-weights-offer={source.id}
      data-stays
      className="grid gap-2 rounded-control border border-line-strong p-3 text-sm"
    >
      <p>
        <strong>{title} is not here yet.</strong> {about}. Until it is, {meanwhile} serves.
      </p>
      <dl className="grid gap-1">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="inline font-medium">{name}: </dt>
            <dd className="inline">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-secondary">
        The other site learns your network address, and nothing of your pictures. The file is used only if its
        hash agrees, and is kept in this browser until you remove it.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button small look="primary" onClick={() => void downloadListed(source)}>
          {received > 0
            ? `Go on with the download (${megabytes(received)} are here)`
            : `Download ${megabytes(bytes)}`}
        </Button>
        {received > 0 ? (
          <Button small onClick={() => void removeListed(source)}>
            Remove what is here
          </Button>
        ) : null}
      </div>
      <p className="text-secondary">
        No network here? Fetch{' '}
        <a href={release} rel="external noopener" className="underline underline-offset-2">
          {file}
        </a>{' '}
        on another machine and choose the file below.
      </p>
    </section>
  );
}
