/** Answers what releases spend, away from the page. */
import '@/lib/runtime/no-eval';
import { type AccountantQuestion, answerOf } from '@/lib/privacy';

self.onmessage = ({ data }: MessageEvent<AccountantQuestion>) => {
  let answer: number | null = null;
  try {
    answer = answerOf(data);
  } finally {
    self.postMessage(answer);
  }
};
