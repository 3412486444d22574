import type { Metadata } from 'next';
import { EmbedBuilder } from '@/components/embed/builder';

export const metadata: Metadata = {
  title: 'Embed a cell',
  description: 'Put a live cell of Epsilon Playground into a page of your own.',
};

const FROM_FRAME = [
  [
    'ready',
    'The cell is there: its title, and the settings a link may carry. Sent on loading, and again when greeted.',
  ],
  ['height', 'How tall it is, in CSS pixels; whenever that changes by more than 4.'],
  ['state', 'State, step, total, stale, and the settings as a link has them (hash).'],
  ['metric', 'The numbers of the latest progress report, such as step, epsilon and accuracy.'],
  ['done', 'A run is over: how its numbers came to be (provenance).'],
  ['error', 'Code, message and remedy.'],
  [
    'statement',
    'What a learner did, as an xAPI statement: answered, progressed or completed. Only to a page that asked for it.',
  ],
] as const;

const TO_FRAME = [
  [
    'hello',
    'Say it first. From then on the frame answers to the origin of your page, and to no other. With xapi: {} it sends statements, of somebody without a name; with xapi: { actor } of the agent that you name.',
  ],
  ['run, stop, reset', 'As the buttons do. A cell that waits for Start is started by run.'],
  [
    'setState',
    'settings: { eps: 2, steps: 100 }, by the keys that links use. Brought into range, with a note. A key that the cell does not have is refused by name, and nothing is set.',
  ],
  [
    'getState',
    'Answered by a state message, with the same request if you give one, and the result of the last run.',
  ],
  ['setTheme', 'theme: auto, light or dark. The run goes on.'],
] as const;

function Messages({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[9rem_1fr]">
      {rows.map(([type, words]) => (
        <div key={type} className="contents">
          <dt className="font-mono text-sm">{type}</dt>
          <dd className="mb-2 sm:mb-0">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

export default function EmbedPage() {
  return (
    <div className="mt-8 grid gap-10 sm:mt-12">
      <div>
        <h1 className="text-[2.06rem] font-bold leading-tight tracking-tight">Embed a cell</h1>
        <p className="mt-3 max-w-[68ch] text-secondary">
          Every cell works inside other people’s pages: it computes in the reader’s browser, sends nothing
          anywhere, and needs no account. Choose one, set it up, and copy the HTML.
        </p>
      </div>
      <EmbedBuilder />
      <section aria-labelledby="hosts" className="grid max-w-[68ch] gap-3">
        <h2 id="hosts" className="text-xl font-semibold">
          Where it works
        </h2>
        <p>
          In ordinary pages, with nothing to set up. In pages that are cross-origin isolated, if the server of
          this site sends <code>Cross-Origin-Resource-Policy: cross-origin</code> and an embedder policy, as
          ours does. In a sandboxed frame it needs <code>allow-scripts</code>; without{' '}
          <code>allow-same-origin</code> it stores nothing, and needs a server that sends{' '}
          <code>Access-Control-Allow-Origin: *</code> with files, as ours does. Where a browser lets frames of
          other sites store nothing, private runs are counted in memory, and the cell says so. The camera
          needs <code>allow="camera"</code> on every frame around it.
        </p>
      </section>
      <section aria-labelledby="messages" className="grid max-w-[68ch] gap-3">
        <h2 id="messages" className="text-xl font-semibold">
          Messages
        </h2>
        <p>
          A page can follow and steer the cell by <code>postMessage</code>. Messages from the frame have{' '}
          <code>source: 'dp-playground'</code>, <code>v: 1</code>, an <code>id</code> (lesson and cell) and a{' '}
          <code>type</code>; yours have <code>source: 'dp-playground-host'</code>, <code>v: 1</code> and a{' '}
          <code>type</code>. The element above does all this for you, as events and methods.
        </p>
        <h3 className="font-semibold">From the frame</h3>
        <Messages rows={FROM_FRAME} />
        <h3 className="font-semibold">To the frame</h3>
        <Messages rows={TO_FRAME} />
        <p>
          Where the site was built with its address (<code>SITE_URL</code>), each cell also answers oEmbed:{' '}
          <code>oembed.json</code> beside its page, with the discovery link in the head of the cell’s page and
          of its lesson.
        </p>
      </section>
    </div>
  );
}
