import { AUDITED_EXERCISES } from '@/lib/exercises';
import { auditInNode, programOf } from '@/tests/harness/exercise-grade';
import { textOf, WRONG } from '@/tests/unit/exercises/wrong-programs';
import { HONEST } from '@/tests/unit/exercises/honest-programs';
const times = Number(process.argv[2]);
const PLANTED: Record<string, string[]> = {
  'laplace-mechanism': ['half the scale', 'sensitivity 0', 'a seed in the code', 'noise used twice', 'uniform noise', 'standard deviation for scale'],
  'randomised-response': ['truth always', 'ε doubled', 'a coin instead of a lie', 'a seed in the code', 'the same coin always'],
  'clip-per-example': ['clips the batch', 'no clipping', 'twice the bound', 'factor of the longest for all'],
  'dp-sgd-step': ['no noise', 'half the noise', 'no clipping', 'clips the batch', 'divides by the drawn lot, or one', 'one noise for all weights', 'a seed in the code', 'no noise when nobody was drawn', 'noise without the bound'],
};
for (const ex of AUDITED_EXERCISES) {
  const solution = programOf(ex, 'solution');
  const all: [string, string][] = [['solution', solution], ...Object.entries(HONEST[ex] ?? {}).map(([n, c]) => ['honest: ' + n, c] as [string, string]), ...PLANTED[ex]!.map((n) => [n, textOf(solution, WRONG[ex][n]!)] as [string, string])];
  for (const [name, code] of all) {
    const c = process.cpuUsage(); let refuted = 0, sum = 0;
    for (let seed = 1; seed <= times; seed++) { const r = await auditInNode(ex, code, seed); if (r.lowerBound > r.claimed) refuted++; sum += Math.min(100, r.lowerBound); }
    console.log(ex.padEnd(20), name.padEnd(60), `${refuted} of ${times}`, 'mean', (sum/times).toFixed(2), ((process.cpuUsage(c).user)/1e6/times).toFixed(2)+' cpu s');
  }
}
