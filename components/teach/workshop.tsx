import type { ReactNode } from 'react';

function Command({ children }: { children: ReactNode }) {
  return (
    <pre className="overflow-x-auto rounded-control border border-line bg-surface p-3 text-sm">
      {children}
    </pre>
  );
}

/** A workshop in a room without internet: what to prepare, and what to do there. */
export function Workshop() {
  return (
    <div className="grid max-w-[68ch] gap-3">
      <h3 className="font-semibold">The day before, with internet</h3>
      <p>
        Build the site once, and put it on the laptop that will serve it. The zip is for a stick: whoever
        unpacks it can serve it too.
      </p>
      <Command>{'npm ci && npm run build\nnpm run zip'}</Command>
      <p>
        To use a larger detector in the lessons on pictures, fetch its weights now as well (
        <code>npm run models</code>, before the build). They have a licence of their own, and the lessons work
        without them.
      </p>
      <h3 className="font-semibold">In the room</h3>
      <p>
        One laptop serves, everybody else opens its address. It prints the address, and a QR code for the
        phones; all must be in the same network, which needs no way to the internet.
      </p>
      <Command>HOST=0.0.0.0 PORT=8080 npm run serve</Command>
      <ul className="list-disc pl-5">
        <li>
          Over plain <code>http</code> some things are missing that browsers keep for secure addresses:
          WebGPU, the camera and keeping the site offline. Lessons then run on WebGL or WebAssembly, more
          slowly.
        </li>
        <li>
          Nothing is computed on the laptop that serves: every phone and laptop computes for itself. Let old
          devices work in pairs.
        </li>
        <li>
          <strong>Present</strong>, at the head of a lesson, shows one cell a screen. Its QR code hands your
          settings to the room.
        </li>
        <li>
          The ledger is kept in each browser. On shared machines use a private window, and export what is to
          be kept.
        </li>
      </ul>
    </div>
  );
}
