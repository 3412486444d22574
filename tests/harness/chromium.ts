/**
 * Runs one of our own modules in real Chromium and brings its answer back.
 *
 * Reference checks, backend tests and benchmarks all need library code inside a browser with, or without, a GPU
 * adapter. A *suite* is a TypeScript module that exports `run(input)`; it is bundled with esbuild and served from
 * a local address beside the WASM binaries of tfjs, so that nothing is fetched from elsewhere.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { chromiumExecutable } from './find-chromium';
import { ROOT } from './root';

/** `webgpu`: software WebGPU adapter (SwiftShader). `no-gpu`: neither WebGPU nor WebGL. */
export type GpuMode = 'webgpu' | 'no-gpu';

export const CHROMIUM_FLAGS: Record<GpuMode, string[]> = {
  webgpu: [
    '--enable-unsafe-webgpu',
    '--use-webgpu-adapter=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
  ],
  'no-gpu': ['--disable-gpu', '--disable-software-rasterizer', '--disable-webgl', '--disable-3d-apis'],
};

/** Keeps Chromium from talking to anything but the pages under test. */
export const QUIET_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The import stands in the page, not in a function handed to it: test runners rewrite `import()` in their own code.
const PAGE =
  '<!doctype html><title>suite</title><script type="module">globalThis.suite = import("/suite.js");</script>';
const MIME: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

export const contentTypeOf = (file: string): string => MIME[extname(file)] ?? 'application/octet-stream';

export type ScriptBuild = Pick<BuildOptions, 'plugins' | 'minify'>;

export interface SuiteOptions {
  gpu?: GpuMode;
  /** Folders to serve, by URL prefix: `{ '/shared/': '/some/folder' }`. */
  folders?: Record<string, string>;
  /** Further modules of ours, by the path they are served at: for frames and workers of the page. */
  scripts?: Record<string, string>;
  /** How these are made. */
  scriptBuild?: ScriptBuild;
  /** Packages by the folder they are taken from, wherever they are imported. */
  packages?: Record<string, string>;
  /** Of Chromium, beside those that every suite has. */
  flags?: readonly string[];
  /** Cross-origin isolation, needed for WASM threads. */
  isolated?: boolean;
  /** Milliseconds before the run is given up. */
  timeout?: number;
  /** Prints the page's console. */
  verbose?: boolean;
}

/** Both ways to bundle. */
const common = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  write: false,
  // As `next build` does.
  define: {
    'process.env.NEXT_PUBLIC_BASE_PATH': '""',
    'process.env.NEXT_PUBLIC_SITE_VERSION': '"tested"',
  },
  tsconfig: join(ROOT, 'tsconfig.json'),
  external: [
    'fs',
    'path',
    'crypto',
    'worker_threads',
    'perf_hooks',
    'os',
    'util',
    'node-fetch',
    'string_decoder',
  ],
  logLevel: 'error',
} as const satisfies BuildOptions;

/** In one file. */
async function bundle(entry: string, packages: Record<string, string> = {}): Promise<string> {
  const result = await build({ ...common, entryPoints: [resolve(ROOT, entry)], alias: packages });
  return result.outputFiles[0]!.text;
}

/** In a file for what is loaded at once, and one for whatever is imported later: by the paths they are served at. */
async function bundleInParts(
  path: string,
  entry: string,
  how: ScriptBuild = {},
): Promise<[string, string][]> {
  const result = await build({
    ...common,
    entryPoints: { [path.slice(1).replace(/\.js$/, '')]: resolve(ROOT, entry) },
    splitting: true,
    chunkNames: `${path.slice(1).replace(/\.js$/, '')}-[hash]`,
    outdir: '/',
    ...how,
  });
  return result.outputFiles.map(({ path: file, text }) => [file, text]);
}

function serve(
  scripts: Map<string, string>,
  options: SuiteOptions,
): Promise<{ server: Server; origin: string }> {
  const folders: Record<string, string> = {
    '/wasm/': join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'),
    ...options.folders,
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://local').pathname);
    if (options.isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (path === '/') return void response.setHeader('content-type', 'text/html').end(PAGE);
    const script = scripts.get(path);
    if (script !== undefined) return void response.setHeader('content-type', 'text/javascript').end(script);
    for (const [prefix, folder] of Object.entries(folders)) {
      if (!path.startsWith(prefix)) continue;
      const file = join(folder, path.slice(prefix.length));
      if (file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) {
        response.setHeader('content-type', contentTypeOf(file));
        return void createReadStream(file).pipe(response);
      }
    }
    response.statusCode = 404;
    response.end();
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port for the test server');
      done({ server, origin: `http://127.0.0.1:${address.port}` });
    }),
  );
}

/** A browser holding one suite, to be asked several times (`call`) and closed. */
export interface OpenSuite {
  call<Output>(input: unknown): Promise<Output>;
  /** Loads the page again: what it had in memory is gone, what it stored is not. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a suite in Chromium.
 * @param entry path from the repository root of a module that exports `run(input: any): Promise<unknown>`
 */
export async function openSuite(entry: string, options: SuiteOptions = {}): Promise<OpenSuite> {
  const scripts = new Map([['/suite.js', await bundle(entry, options.packages)]]);
  for (const [path, module] of Object.entries(options.scripts ?? {}))
    for (const [file, text] of await bundleInParts(path, module, options.scriptBuild))
      scripts.set(file, text);
  const { server, origin } = await serve(scripts, options);
  let browser: Browser | undefined;
  try {
    const executablePath = chromiumExecutable();
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...QUIET_FLAGS, ...CHROMIUM_FLAGS[options.gpu ?? 'webgpu'], ...(options.flags ?? [])],
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(options.timeout ?? 300_000);
    if (options.verbose) page.on('console', (message) => console.log(`[chromium] ${message.text()}`));
    await page.goto(`${origin}/`);
    const open = browser;
    return {
      call: <Output>(input: unknown) =>
        page.evaluate(async (argument) => {
          const { suite } = globalThis as unknown as { suite: Promise<{ run(input: unknown): unknown }> };
          return (await suite).run(argument);
        }, input) as Promise<Output>,
      reload: async () => {
        await page.reload();
      },
      close: async () => {
        await open.close();
        server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    server.close();
    throw error;
  }
}

/** Opens a suite, asks it once, closes it. */
export async function runSuite<Output>(
  entry: string,
  input: unknown,
  options: SuiteOptions = {},
): Promise<Output> {
  const suite = await openSuite(entry, options);
  try {
    return await suite.call<Output>(input);
  } finally {
    await suite.close();
  }
}
