/** Answers what releases spend, and what an attacker makes of them, away from the page. */
import '@/lib/runtime/no-eval';
import { answerOf } from '@/lib/privacy';
import { noiseOfRisk, oddsFigures } from '@/lib/runs/odds';
import type { WorkerAnswer, WorkerQuestion } from './worker-questions';

function answerTo(question: WorkerQuestion): WorkerAnswer {
  if ('odds' in question) return oddsFigures(question.odds);
  if ('risk' in question) return noiseOfRisk(question.risk);
  return answerOf(question);
}

self.onmessage = ({ data }: MessageEvent<WorkerQuestion>) => {
  let answer: WorkerAnswer = null;
  try {
    answer = answerTo(data);
  } finally {
    self.postMessage(answer);
  }
};
