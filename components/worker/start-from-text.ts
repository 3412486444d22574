/**
 * A frame that is sandboxed without `allow-same-origin` has an origin of its own: no worker may start from a file of the site there, for
 * that would be another origin's. One that starts from a text of the page may, and may load the site's scripts as any page may.
 */

/** Loads the worker's own script; tells it that it is where it would be, for it reads what it is to do off its address. */
const textFor = (address: string) => `(() => {
  const site = new URL(${JSON.stringify(address)});
  Object.defineProperty(self, 'location', { value: site });
  const load = self.importScripts.bind(self);
  self.importScripts = (...names) => load(...names.map((name) => new URL(name, site).href));
  self.importScripts(site.origin + site.pathname);
})();`;

/** @param start makes one worker: whatever address it names, the worker starts from text */
export function startFromText(start: () => Worker): Worker {
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(address: string | URL, options: WorkerOptions = {}) {
      const text = textFor(new URL(address, document.baseURI).href);
      const { name } = options;
      super(
        URL.createObjectURL(new Blob([text], { type: 'text/javascript' })),
        name === undefined ? {} : { name },
      );
    }
  };
  try {
    return start();
  } finally {
    globalThis.Worker = Original;
  }
}
