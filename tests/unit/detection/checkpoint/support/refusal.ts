import { expect } from 'vitest';
import { CheckpointError } from '@/lib/detection';

/** Runs and gives the typed refusal; fails if nothing or anything else is thrown. */
export function refusal(run: () => unknown): CheckpointError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    const refused = error as CheckpointError;
    expect(refused.message.length).toBeGreaterThan(10);
    expect(refused.remedy.length).toBeGreaterThan(10);
    return refused;
  }
  return expect.fail('the file was accepted');
}
