/** All headers of the site, in one place: our own server sends them, and the samples for other servers are written from them. */
import { FILE_POLICY, REFERRER } from './policy';

export type Headers = Readonly<Record<string, string>>;

/** Only these parts of a browser are for the site; a page around an embed may pass them on, or not. */
const OWN_POWERS = ['camera', 'clipboard-write', 'cross-origin-isolated', 'fullscreen'];
const NO_POWERS = [
  'accelerometer',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];
const POWERS = [...OWN_POWERS.map((name) => `${name}=(self)`), ...NO_POWERS.map((name) => `${name}=()`)].join(
  ', ',
);

/** Of every answer. */
export const EVERYWHERE: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': REFERRER,
  'Permissions-Policy': POWERS,
};

/** They isolate a page from others, so that WASM may use threads. */
export const ISOLATING: Headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  // An embed must be loadable inside pages that are isolated themselves.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** A year. Only where the connection is encrypted: elsewhere browsers pass over it. */
export const ENCRYPTED: Headers = { 'Strict-Transport-Security': 'max-age=31536000' };

/** Names of files under it hold a hash of what is in them: they never change. */
export const NEVER_CHANGES = '/_next/static/';
export const KEPT_FOR_EVER = 'public, max-age=31536000, immutable';
export const ASK_AGAIN = 'no-cache';

/** Pages under it are made for other people's pages. */
export const FOR_FRAMES = '/embed/';

/**
 * What a page is sent with, beside what every answer has.
 * @param address below the site's root, e.g. `/lessons/` @param policy that stands in the page
 */
export function pageHeaders(address: string, policy: string): Headers {
  // Nobody may lay a page of ours under a page of theirs and have readers click on it unseen.
  if (address.startsWith(FOR_FRAMES)) return { 'Content-Security-Policy': policy };
  return {
    'Content-Security-Policy': `${policy}; frame-ancestors 'self'`,
    'X-Frame-Options': 'SAMEORIGIN',
  };
}

/** Of an answer that holds a few words and nothing else: an error, a redirect. */
export const WORDS_HEADERS: Headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
};

/** What a file that is no page is sent with. Files are public: a page of another site, or one without an origin, may read them. */
export const FILE_HEADERS: Headers = {
  'Content-Security-Policy': `${FILE_POLICY}; frame-ancestors 'self'`,
  'X-Frame-Options': 'SAMEORIGIN',
  'Access-Control-Allow-Origin': '*',
};
