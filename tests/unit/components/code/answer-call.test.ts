import { expect, it } from 'vitest';
import { answerable } from '@/components/code/answer-call';

const read = async (id: string) => ({ key: `sample:${id}`, rgba: null });

/** What the site would run for a call of `lab.detect`. */
const asked = async (options: Record<string, unknown>) => {
  const call = { type: 'call', id: 1, name: 'detect', options } as unknown as Parameters<
    typeof answerable
  >[0];
  return (await answerable(call, read, new AbortController().signal)).request.params;
};

it('code that names no detector gets the one that fits the picture', async () => {
  expect(await asked({ picture: 'six-people' })).toMatchObject({ detector: 'faces', inputSize: 640 });
  expect(await asked({})).toMatchObject({ detector: 'faces', picture: 'sample:six-people' });
  expect(await asked({ picture: 'cat' })).toMatchObject({ detector: 'nanodet', inputSize: 416 });
});

it('code may name a detector of the site, and its input size', async () => {
  expect(await asked({ picture: 'six-people', detector: 'nanodet' })).toMatchObject({
    ...{ detector: 'nanodet', inputSize: 416, confidence: 0.4 },
  });
  expect(await asked({ picture: 'cat', detector: 'faces', inputSize: 320 })).toMatchObject({
    ...{ detector: 'faces', inputSize: 320 },
  });
});

it('another name is refused, and those that there are are named', async () => {
  await expect(asked({ detector: 'yolo26n' })).rejects.toMatchObject({
    code: 'detector-unknown',
    message: expect.stringContaining('faces, nanodet'),
  });
});
