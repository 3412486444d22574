/** Pictures that move: a camera that Chromium makes up, and a video file made by the test. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
  },
});

const LESSON = './lessons/noise-on-pixels/';

test('the camera is followed without work or memory piling up, also while a slider moves', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'detect');
  await cell.settles();
  const tensors = async () =>
    Number(
      await page
        .locator('.info-popover tr')
        .filter({ hasText: 'Noise, and what a detector still sees' })
        .locator('td')
        .nth(1)
        .textContent(),
    );
  await cell.more();
  await cell.button('Use the camera').click();
  await expect(cell.frame.locator('dd[data-figure="Frames a second"]')).toBeVisible();
  expect(await cell.figure('Latency')).toBeGreaterThan(0);
  const before = await tensors();
  expect(before).toBeGreaterThan(0);
  const slider = cell.slider('Noise scale');
  await slider.focus();
  for (let i = 0; i < 12; i++) await slider.press(i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
  // Some more answers, so that what is held has had time to grow.
  for (let i = 0; i < 3; i++) {
    const shown = await cell.frame.locator('dd[data-figure="Latency"]').textContent();
    await expect(cell.frame.locator('dd[data-figure="Latency"]')).not.toHaveText(shown ?? '');
  }
  await cell.button('Stop the camera').click();
  await cell.settles();
  await expect.poll(tensors).toBe(before);
});

test('a video file is played and looked at', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'detect');
  await cell.settles();
  const video = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 240;
    const context = canvas.getContext('2d')!;
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const ended = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let i = 0; i < 30; i++) {
      context.fillStyle = `hsl(${12 * i} 80% 50%)`;
      context.fillRect(0, 0, 320, 240);
      await new Promise((next) => setTimeout(next, 66));
    }
    recorder.stop();
    await ended;
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  const input = cell.frame.locator('input[aria-label="Upload a picture"]');
  await input.setInputFiles({ name: 'clip.webm', mimeType: 'video/webm', buffer: Buffer.from(video) });
  await expect(cell.frame.locator('dd[data-figure="Frames a second"]')).toBeVisible();
  await cell.button('Stop the video').click();
  await cell.settles();
  await input.setInputFiles({ name: 'broken.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no video') });
  await expect(cell.frame.getByText('This browser cannot play “broken.mp4”.')).toBeVisible();
});
