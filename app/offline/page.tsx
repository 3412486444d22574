import type { Metadata } from 'next';
import { KeepOffline } from '@/components/site/keep-offline';

export const metadata: Metadata = {
  title: 'Without a network',
  description:
    'Keep the site, its data and its models in this browser, for trains and workshops without internet.',
};

export default function OfflinePage() {
  return (
    <div className="mt-8 grid max-w-[68ch] gap-6 sm:mt-12">
      <h1 className="text-[2.06rem] font-bold leading-tight tracking-tight">Without a network</h1>
      <p>
        Everything here computes in your browser, so all it needs is to have the files. After your first visit
        the browser keeps the pages and the code by itself. Data sets and models are kept once you have used
        them, or when you ask for them here. Your browser’s menu can also install the site as an app.
      </p>
      <KeepOffline />
      <p className="text-sm text-secondary">
        A newer version of the site is fetched when there is one, and put in place when you say so, never
        during a run. Clearing this browser’s data removes what is kept. Downloaded detector weights are
        listed, and removed, where they are chosen: in the lesson “Noise on pixels”.
      </p>
    </div>
  );
}
