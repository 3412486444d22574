/** Answers what a run spends, away from the page. */
import '@/lib/runtime/no-eval';
import { type AccountantQuestion, epsilonOfEvents } from '@/lib/runs/accountant';

self.onmessage = ({ data }: MessageEvent<AccountantQuestion>) => {
  let answer: number | null = null;
  try {
    answer = epsilonOfEvents(data.events, data.delta);
  } finally {
    self.postMessage(answer);
  }
};
