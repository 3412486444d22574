/**
 * Beside the page that a package holds, before its own scripts: tells the launcher what the page tells, gives the page the answers of an
 * earlier sitting, and keeps readers from links that lead out of the package.
 */
import { onGrade } from '../events';
import { PAGE_SOURCE, type PageMessage } from '../package-config';
import { RESUME_NAME } from '../resume';

type Message = PageMessage extends infer One ? (One extends unknown ? Omit<One, 'source'> : never) : never;

/** Both come out of one package; a frame without an origin cannot be named. */
const origin = location.origin === 'null' ? '*' : location.origin;
const tell = (message: Message) => parent.postMessage({ source: PAGE_SOURCE, ...message }, origin);

try {
  const named = window as unknown as Record<string, unknown>;
  named[RESUME_NAME] = (parent as unknown as Record<string, unknown>)[RESUME_NAME];
} catch {
  // Opened by itself: there was no earlier sitting.
}

/** Around the lesson there is the course; the site's own ways lead to pages that are not in the package. No element: see `pages.ts`. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  'body>header,body>footer,nav[aria-label="Other lessons"],[data-site-only]{display:none!important}',
);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

onGrade((event) => tell({ type: 'grade', event }));

/** A link of the site to another of its pages. Those to other hosts open a window of their own; those within the page stay. */
function leadsOut(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.target === '_blank' || link.hasAttribute('download')) return null;
  return link.origin === location.origin && link.pathname !== location.pathname ? link : null;
}

addEventListener(
  'click',
  (event) => {
    const link = leadsOut(event.target);
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell({ type: 'outside', address: link.getAttribute('href') ?? '' });
  },
  { capture: true },
);
// Links fetch what is behind them as soon as somebody comes near.
for (const near of ['mouseover', 'touchstart', 'focusin'])
  addEventListener(near, (event) => leadsOut(event.target) && event.stopImmediatePropagation(), {
    capture: true,
    passive: true,
  });
