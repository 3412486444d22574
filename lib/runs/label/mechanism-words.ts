/** What is released, mechanism by mechanism, in words for a label: without the ledger, which is heavy. */
import type { PrivacyEvent } from '@/lib/privacy';

const short = (value: number) => String(Number(value.toPrecision(4)));
const times = (count: number) => (count === 1 ? '' : `${count.toLocaleString('en-GB')} × `);

/** One line. */
export function mechanismInWords(event: PrivacyEvent): string {
  switch (event.kind) {
    case 'poisson-gaussian':
      return `${times(event.steps)}Gaussian noise, σ = ${short(event.noiseMultiplier)} clips, on a sum over a random lot`;
    case 'truncated-poisson-gaussian':
      return `${times(event.steps)}Gaussian noise, σ = ${short(event.noiseMultiplier)} clips, on a sum over a random lot of at most ${event.truncatedBatchSize}`;
    case 'group-poisson-gaussian':
      return `${times(event.steps)}Gaussian noise, σ = ${short(event.noiseMultiplier)} clips, on a sum over a random lot in which one person may have ${event.groupSize} examples`;
    case 'gaussian':
      return `${times(event.count)}Gaussian noise, σ = ${short(event.noiseMultiplier)} times what one record can change`;
    case 'laplace':
      return `${times(event.count)}Laplace noise of scale ${short(event.scale)} on what one record can change by ${short(event.sensitivity)}`;
    case 'pure':
      return `${times(event.count)}an answer with ε = ${short(event.epsilon)} by itself: by Laplace noise, coins, or a choice by chance`;
    case 'approximate':
      if (event.epsilon === 0)
        return `a probability of ${short(event.delta)} that the rest does not hold, charged in δ`;
      return `${times(event.count)}a release of which only ε = ${short(event.epsilon)} and δ = ${short(event.delta)} are known`;
    case 'parallel':
      return `${times(event.count)}answers about ${event.groups.length} groups that share nobody; each: ${mechanismInWords(event.groups[0]!)}`;
  }
}

/** σ of a run all of whose releases have the same; null of others. */
export function commonSigma(events: readonly PrivacyEvent[]): number | null {
  const sigmas = new Set(events.map((event) => ('noiseMultiplier' in event ? event.noiseMultiplier : null)));
  const [only] = sigmas;
  return sigmas.size === 1 ? (only ?? null) : null;
}
