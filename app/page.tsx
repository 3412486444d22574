import { LESSONS } from '@/components/lessons/cells';
import { HardwareCheck } from '@/components/site/hardware-check';
import { LessonList } from '@/components/site/lesson-list';
import { QuietLink } from '@/components/site/quiet-link';
import { TwoWorlds } from '@/components/site/two-worlds/toy';

const PROMISES = [
  {
    name: 'Nothing is simulated',
    text: 'Real networks, real data, real private training, computed while you watch. Every figure says how it came to be.',
  },
  {
    name: 'Nothing leaves your browser',
    text: 'No server, no account, no analytics. Your pictures and your camera stay on your machine.',
  },
  {
    name: 'Every setting is in the link',
    text: 'Send the address of what you see to a class or a colleague: it opens with the same sliders and the same seed.',
  },
];

export default function Home() {
  return (
    <>
      <div className="mt-8 grid items-start gap-8 sm:mt-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:grid-rows-[auto_1fr] lg:gap-x-12">
        <div>
          <h1 className="text-[2.06rem] font-bold leading-[1.15] tracking-[-0.02em] text-balance sm:text-[2.5rem]">
            What does a privacy guarantee feel like?
          </h1>
          <p className="mt-4 max-w-[46ch] text-lg leading-relaxed text-secondary text-pretty">
            Interactive notebooks about differential privacy and computer vision. Move a slider, and a face
            detector in your own browser loses its boxes. Move ε, and a real private training run starts.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <QuietLink
              href={`/lessons/${LESSONS[0]!.slug}/`}
              className="inline-flex min-h-11 items-center rounded-control bg-accent px-5 font-medium text-on-accent hover:brightness-110"
            >
              Start with lesson 1
            </QuietLink>
            <QuietLink
              href="/lessons/"
              className="inline-flex min-h-11 items-center rounded-control border border-line-strong bg-surface px-5 font-medium hover:border-text"
            >
              All lessons
            </QuietLink>
          </div>
        </div>
        <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <TwoWorlds />
        </div>
        <dl className="grid gap-4 border-t border-line pt-6 sm:grid-cols-3 sm:gap-8 lg:max-w-[46ch] lg:grid-cols-1 lg:gap-4">
          {PROMISES.map(({ name, text }) => (
            <div key={name}>
              <dt className="font-semibold">{name}</dt>
              <dd className="mt-0.5 text-secondary">{text}</dd>
            </div>
          ))}
        </dl>
      </div>

      <section aria-labelledby="lessons" className="mt-16">
        <h2 id="lessons" className="mb-5 text-[1.44rem] font-semibold leading-snug tracking-tight">
          Lessons
        </h2>
        <LessonList />
      </section>

      <HardwareCheck />
    </>
  );
}
