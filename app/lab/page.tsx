import type { Metadata } from 'next';
import { Lab } from '@/components/lab/lab';

export const metadata: Metadata = {
  title: 'Lab',
  description:
    'Notebooks of your own: any experiment of the site with all its settings, text and code around it, and a table to compare runs.',
};

export default function LabPage() {
  return (
    // Holds what is below it where it is, whatever is read.
    <div className="min-h-[90vh]">
      <Lab />
    </div>
  );
}
