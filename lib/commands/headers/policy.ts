/**
 * The content policy of the site's pages (Content Security Policy, level 3): what they may load, run and speak to. Inline scripts are
 * allowed one by one, by their hash, so that nothing slipped into a page would run.
 *
 * The policy of a page stands in the page, as a meta element: it holds on hosts that send no headers. Servers that do repeat it, with
 * what only a header can say: who may put the page into a frame.
 */
import { createHash } from 'node:crypto';
import sources from '@/lib/detection/weights/sources.json' with { type: 'json' };

type Directives = Readonly<Record<string, readonly string[]>>;

/** Where publishers keep what their own address leads on to. */
const LEADS_TO: Readonly<Record<string, readonly string[]>> = {
  'https://huggingface.co': ['https://*.hf.co'],
};

/** Whom a page speaks to: its own host, and the publishers of the models that a learner may ask for. */
const publishers = [...new Set(sources.map(({ address }) => new URL(address).origin))];
const MODELS = publishers.flatMap((origin) => [origin, ...(LEADS_TO[origin] ?? [])]);

const COMMON: Directives = {
  'default-src': ["'none'"],
  'connect-src': ["'self'", ...MODELS],
  // Threads of WebAssembly start from text.
  'worker-src': ["'self'", 'blob:'],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  // Formulas, charts and the code editor place things by style attributes and elements of their own.
  'style-src': ["'self'", "'unsafe-inline'"],
  'manifest-src': ["'self'"],
  'frame-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
};
/** The site is its own code and nobody else's; `'wasm-unsafe-eval'` lets WebAssembly compile, and nothing else. */
const OWN_CODE = ["'self'", "'wasm-unsafe-eval'"];

const written = (directives: Directives) =>
  Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');

/** For what is no page: a worker that starts from such a file is held by it, the threads that it starts from text too. */
export const FILE_POLICY = written({ ...COMMON, 'script-src': [...OWN_CODE, 'blob:'] });

/** `'sha256-…'`, as a policy names a script by its text. */
export const hashSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
/** Data in a script element is never run. */
const DATA = /\btype="(application|importmap|speculationrules|text\/plain)/i;

/** Texts of the scripts that stand in a page itself. */
export function inlineScripts(html: string): string[] {
  const found = [...html.matchAll(SCRIPT)].filter(([, attributes = '']) => !/\bsrc=/i.test(attributes));
  return found.filter(([, attributes = '']) => !DATA.test(attributes)).map(([, , text = '']) => text);
}

export const pagePolicy = (html: string) =>
  written({
    ...COMMON,
    'script-src': [...OWN_CODE, ...new Set(inlineScripts(html).map(hashSource))],
  });

const META = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"\s*\/?>/i;
const CHARSET = /<meta char[sS]et="utf-8"\s*\/?>/;

/** The policy that a page brings with it, or null. */
export const policyOf = (html: string) => META.exec(html)?.[1] ?? null;

/**
 * The page with its policy in it, before anything that the policy is about; what has one already keeps it.
 * @throws when the page is not one that Next or we wrote
 */
export function withPolicy(html: string): string {
  if (META.test(html)) return html;
  if (!CHARSET.test(html)) throw new Error('A page of the export does not begin with its character set.');
  const metas = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(html)}"/><meta name="referrer" content="${REFERRER}"/>`;
  return html.replace(CHARSET, (charset) => charset + metas);
}

/** Other sites learn nothing of what a reader reads here. */
export const REFERRER = 'same-origin';
