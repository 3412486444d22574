import type { Metadata } from 'next';
import { HomePlayground } from '@/components/home/home-playground';
import { PLAYGROUND } from '@/components/home/playground-entry';
import { HardwareCheck } from '@/components/site/hardware-check';
import { LessonList } from '@/components/site/lesson-list';
import { EpsilonFigureStill } from '@/components/training/epsilon-panel/still';
import { oembedDiscovery } from '@/lib/notebook/oembed';

/** Whoever pastes a link to the home page somewhere gets its two sliders. */
export const metadata: Metadata = oembedDiscovery(PLAYGROUND.lesson, PLAYGROUND.id);

const PROMISES = [
  {
    name: 'Nothing is simulated',
    text: 'Real networks, real data, real private training. Each figure says whether it is live or recorded.',
  },
  {
    name: 'Nothing leaves your browser',
    text: 'No server, no account, no analytics. Your pictures and your camera stay on your machine.',
  },
  {
    name: 'Every setting is in the link',
    text: 'Send the address of what you see: it opens with the same sliders and the same seed. Only files of your own stay with you.',
  },
];

export default function Home() {
  return (
    <>
      <HomePlayground still={<EpsilonFigureStill height={172} />} />
      <dl className="mt-8 grid gap-4 sm:grid-cols-3 sm:gap-8">
        {PROMISES.map(({ name, text }) => (
          <div key={name}>
            <dt className="font-semibold">{name}</dt>
            <dd className="mt-0.5 text-secondary">{text}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="lessons" className="mt-12">
        <h2 id="lessons" className="mb-5 text-[1.44rem] font-semibold leading-snug tracking-tight">
          Lessons
        </h2>
        <LessonList />
      </section>
      <HardwareCheck />
    </>
  );
}
