import type { Metadata } from 'next';
import { GlossaryList } from '@/components/site/glossary-list';
import { termUses } from '@/components/site/term-uses';

export const metadata: Metadata = {
  title: 'Glossary',
  description: 'The words of differential privacy and of this site, each in a sentence or two.',
};

export default function Glossary() {
  return (
    <>
      <h1 className="mt-8 text-[2.06rem] font-bold leading-tight tracking-tight sm:mt-12">Glossary</h1>
      <p className="mt-3 max-w-[68ch] text-lg text-secondary">
        The words of the field, each in a sentence or two. In the lessons they are underlined with dots: press
        one, and it says the same.
      </p>
      <GlossaryList uses={termUses()} />
    </>
  );
}
