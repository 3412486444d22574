import type { ReactNode } from 'react';
import { QuestionForm, type QuestionFormProps } from './question-form';

/** A remark that stands out from the text. */
export function Callout({ title, children }: { title: string; children: ReactNode }) {
  return (
    <aside className="in-text my-6 rounded-cell border border-line border-l-4 border-l-accent bg-surface px-5 py-3">
      <p className="mb-1 font-semibold">{title}</p>
      {children}
    </aside>
  );
}

/** The formal box: a definition, what it assumes and what it does not cover. */
export function Definition({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="in-text my-6 rounded-cell border border-line bg-surface px-5 py-4 [&_p]:my-3"
    >
      <p className="text-sm font-semibold uppercase tracking-wide text-secondary">{title}</p>
      {children}
    </section>
  );
}

/** A displayed formula with one sentence that says it, for those who cannot see it or do not read the signs. */
export function Formula({ spoken, children }: { spoken: string; children: ReactNode }) {
  return (
    <figure className="in-text my-4">
      <div aria-hidden="true">{children}</div>
      <figcaption className="text-sm text-secondary">In words: {spoken}</figcaption>
    </figure>
  );
}

/** The words before a cell and, beside them where there is room, a guess at what it will show. @param id of its guess, where links lead */
export function Opening({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div id={id} className="lesson-opening scroll-mt-20">
      {children}
    </div>
  );
}

/** A question with a reason for every answer: guess before you run, or check yourself. */
export function Question(props: QuestionFormProps) {
  return <QuestionForm {...props} />;
}
