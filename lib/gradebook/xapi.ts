/**
 * Events as xAPI statements (Experience API 1.0.3, part 2), for pages that keep a learning record store of their own. Who acts only the
 * host knows; where it does not say, the actor is an account of this site that names nobody.
 */
import type { GradeEvent } from './events';

export interface Account {
  homePage: string;
  name: string;
}

/** An agent by exactly one of the four names that xAPI has for one. */
export interface Actor {
  objectType?: 'Agent';
  name?: string;
  mbox?: string;
  mbox_sha1sum?: string;
  openid?: string;
  account?: Account;
}

export interface Statement {
  id: string;
  timestamp: string;
  actor: Actor;
  verb: { id: string; display: Record<string, string> };
  object: {
    objectType: 'Activity';
    id: string;
    definition: {
      type: string;
      name: Record<string, string>;
    };
  };
  result?: {
    response?: string;
    success?: boolean;
    completion?: boolean;
    score?: { scaled: number };
  };
  context: { platform: string; language: string; contextActivities: { parent: { id: string }[] } };
}

/** ADL's verbs, by their addresses. */
export const VERBS = {
  answered: 'http://adlnet.gov/expapi/verbs/answered',
  progressed: 'http://adlnet.gov/expapi/verbs/progressed',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
} as const satisfies Record<GradeEvent['type'], string>;

const ACTIVITIES = {
  question: 'http://adlnet.gov/expapi/activities/cmi.interaction',
  cell: 'http://adlnet.gov/expapi/activities/simulation',
  exercise: 'http://adlnet.gov/expapi/activities/assessment',
} as const satisfies Record<GradeEvent['kind'], string>;

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;

/** A version 4 UUID. Not `crypto.randomUUID`, which is missing on plain http. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Somebody, told apart from others on this page and nowhere else. */
export const anonymous = (site: string, name: string): Actor => ({
  objectType: 'Agent',
  account: { homePage: site, name },
});

const isAddress = (value: unknown) => {
  try {
    return typeof value === 'string' && /^https?:$/.test(new URL(value).protocol);
  } catch {
    return false;
  }
};

/** @returns the actor, or null where it is none that xAPI knows: with exactly one identifier */
export function readActor(value: unknown): Actor | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  const [only, ...others] = IDENTIFIERS.filter((name) => given[name] !== undefined);
  if (only === undefined || others.length > 0) return null;
  const id = given[only];
  const sound = {
    mbox: () => typeof id === 'string' && /^mailto:[^\s@]+@[^\s@]+$/.test(id),
    mbox_sha1sum: () => typeof id === 'string' && /^[0-9a-f]{40}$/i.test(id),
    openid: () => isAddress(id),
    account: () => {
      const { homePage, name } = (id ?? {}) as Record<string, unknown>;
      return isAddress(homePage) && typeof name === 'string' && name !== '' && name.length <= 500;
    },
  }[only]();
  if (!sound) return null;
  const name = typeof given.name === 'string' ? { name: given.name.slice(0, 200) } : {};
  const identifier =
    only === 'account' ? { homePage: (id as Account).homePage, name: (id as Account).name } : id;
  return { objectType: 'Agent', ...name, [only]: identifier } as Actor;
}

/** The address of a part, below that of the page it stands on; without what is asked of the page (`?`) and set in it (`#`). */
export function activityWithin(page: string, { kind, id }: Pick<GradeEvent, 'kind' | 'id'>): string {
  const url = new URL(page);
  url.search = '';
  url.hash = '';
  // A cell that has a page of its own is that page.
  if (kind === 'cell' && url.pathname.replace(/\/$/, '').endsWith(`/${id}`)) return url.href;
  url.hash = id;
  return url.href;
}

/** @param page the address of the page that the event is of */
export function statementOf(
  event: GradeEvent,
  { actor, page, now = new Date() }: { actor: Actor; page: string; now?: Date },
): Statement {
  const { type, kind, text, score, answer } = event;
  const url = new URL(page);
  const result = {
    ...(answer ? { response: answer.text } : {}),
    ...(kind === 'question' && score !== undefined ? { success: score === 1 } : {}),
    ...(type === 'completed' ? { completion: true } : {}),
    ...(score === undefined ? {} : { score: { scaled: score } }),
  };
  return {
    id: newUuid(),
    timestamp: now.toISOString(),
    actor,
    verb: { id: VERBS[type], display: { en: type } },
    object: {
      objectType: 'Activity',
      id: activityWithin(page, event),
      // The choices stay on the page, so no interaction is described: its answer is told in words.
      definition: { type: ACTIVITIES[kind], name: { en: text } },
    },
    ...(Object.keys(result).length > 0 ? { result } : {}),
    context: {
      platform: 'Epsilon Playground',
      language: 'en',
      contextActivities: { parent: [{ id: `${url.origin}${url.pathname}` }] },
    },
  };
}
