/**
 * The first page of a package, in the browser: finds the course page's gradebook, opens the lesson in a frame, and passes on what that
 * tells. Bundled into each package by `npm run scorm`.
 */
import Cmi5Library from '@xapi/cmi5';
import { Cmi5Gradebook, type Session } from '../cmi5';
import { readGradeEvent } from '../events';
import type { Gradebook } from '../gradebook';
import { CONFIG_NAME, PAGE_SOURCE, type PackageConfig, type PageMessage } from '../package-config';
import { RESUME_NAME } from '../resume';
import { Scorm12 } from '../scorm-12';
import { Scorm2004 } from '../scorm-2004';
import { type Above, type Api12, type Api2004, findApi } from '../scorm-api';
import { Sitting } from '../sitting';
import { SUSPEND_LIMITS } from '../suspend-data';

/** Settings are no events: they are kept when this long has gone by. */
const KEEP_EVERY_MS = 20_000;

const config = (window as unknown as Record<string, PackageConfig>)[CONFIG_NAME]!;
const status = document.getElementById('status')!;
const finish = document.getElementById('finish') as HTMLButtonElement;
const frame = document.getElementById('page') as HTMLIFrameElement;

/** In the entry of this page in the window's history: it outlives a reload, also where a frame may store nothing, and nothing else. */
const sessions = {
  read: () => (history.state as { session?: Session } | null)?.session ?? null,
  write: (session: Session | null) => history.replaceState(session && { session }, ''),
};

function gradebook(): Gradebook | null {
  const self = window as unknown as Above;
  switch (config.format) {
    case '1.2': {
      const api = findApi<Api12>(self, 'API');
      return api && new Scorm12(api);
    }
    case '2004': {
      const api = findApi<Api2004>(self, 'API_1484_11');
      return api && new Scorm2004(api);
    }
    case 'cmi5':
      return Cmi5Library.isCmiAvailable ? new Cmi5Gradebook(new Cmi5Library(), sessions) : null;
  }
}

/** Where the lesson stands now; its first settings until it is there. */
let settings = config.hash;
function settingsNow(): string {
  try {
    // A page that is being left has none any more.
    if (frame.contentWindow?.location.href !== 'about:blank')
      settings = frame.contentWindow?.location.hash ?? settings;
  } catch {
    // Led elsewhere by its reader: what it was before stands.
  }
  return settings;
}

function say(words: string, wrong: boolean): void {
  status.textContent = words;
  status.dataset.wrong = String(wrong);
}

const sitting = new Sitting(gradebook(), {
  parts: config.parts,
  rules: config.rules,
  limit: SUSPEND_LIMITS[config.format],
  settings: settingsNow,
  say,
});

addEventListener('message', ({ source, data }: MessageEvent<PageMessage>) => {
  if (source !== frame.contentWindow || data?.source !== PAGE_SOURCE) return;
  if (data.type === 'outside') return say('That page is not in this package. Nothing is lost.', false);
  const event = readGradeEvent(data.event);
  if (event) void sitting.heard(event);
});

/** This page alone is loaded again: its session goes on, which some course pages would not let begin a second time. */
let reloads = false;
(window as { navigation?: EventTarget }).navigation?.addEventListener('navigate', (event) => {
  reloads = (event as Event & { navigationType?: string }).navigationType === 'reload';
});

async function begin(): Promise<void> {
  const resumed = await sitting.open();
  settings = resumed.settings || config.hash;
  (window as unknown as Record<string, unknown>)[RESUME_NAME] = resumed.answers;
  frame.src = config.page + settings;
  setInterval(() => void sitting.save(), KEEP_EVERY_MS);
  if (config.format !== 'cmi5') {
    addEventListener('pagehide', () => void (reloads ? sitting.save() : sitting.close()));
    // Shown again out of the browser's memory, after its session was closed.
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
    return;
  }
  // cmi5 wants an end that was meant: a page that is left cannot wait for an answer, and a reload is no end.
  finish.hidden = false;
  finish.addEventListener('click', async () => {
    finish.disabled = true;
    await sitting.close();
    frame.remove();
    say('Finished. You can close this window.', false);
    const back = new URLSearchParams(location.search).get('returnURL');
    if (back && /^https?:/.test(back)) location.assign(back);
  });
}

void begin();
