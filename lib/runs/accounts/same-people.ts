/**
 * Which accounts hold the same people. A ledger knows data sets by the hash of their bytes, so it cannot see this by itself: that the
 * same digits of the MNIST training set stand behind several data sets of this site is written down here.
 *
 * Whoever stands in two data sets is exposed by both, and their costs add up. Where two accounts protect the same unit, all that was
 * released from either composes like one list. Where they do not (a digit here, a client with ten digits there), each ε is about
 * another thing, and there is no one number for both.
 */
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import { PUBLIC_DIGITS_FROM } from '@/lib/data/scenes';
import {
  type Account,
  chargedMechanisms,
  countedEvents,
  epsilonOfMechanisms,
  gathered,
  type LedgerEvent,
} from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import { ATTACKED_DIGITS, ATTACKED_SHA256 } from './attacked-digits';
import { CLIENTS, clientsHash, DIGITS_EACH } from './clients';
import { scenesHash } from './scenes';

/** Digits of the MNIST training set: places from (inclusive) to (exclusive), from 0. */
interface Places {
  from: number;
  to: number;
}

let known: ReadonlyMap<string, Places> | null = null;

function placesOf(hash: string): Places | null {
  known ??= new Map<string, Places>([
    [`sha256:${MNIST_SHA256}`, { from: 0, to: 60_000 }],
    [`sha256:${ATTACKED_SHA256}`, { from: 0, to: ATTACKED_DIGITS }],
    [clientsHash('mixed'), { from: 0, to: CLIENTS * DIGITS_EACH }],
    [clientsHash('two-kinds'), { from: 0, to: CLIENTS * DIGITS_EACH }],
    [scenesHash(MNIST_SHA256), { from: 0, to: PUBLIC_DIGITS_FROM }],
  ]);
  return known.get(hash) ?? null;
}

/** Whether somebody may stand in both: by the same bytes, or by digits that are known to be in both. */
export function sharePeople(one: Account, other: Account): boolean {
  if (one.dataset.hash === other.dataset.hash) return true;
  const [a, b] = [placesOf(one.dataset.hash), placesOf(other.dataset.hash)];
  return a !== null && b !== null && a.from < b.to && b.from < a.to;
}

export interface SamePeople {
  /** Accounts with charges whose people also stand in this one. Of the same unit and relation, so that their costs add up. */
  likeUnit: Account[];
  /** With another unit or relation: another promise to the same people. */
  otherUnit: Account[];
  /**
   * ε in nats, by PLD at this account's δ, for one unit that stands in this account and in all of `likeUnit`. Null where there
   * are none, or no bound.
   */
  together: number | null;
  /** What is released from this account and all of `likeUnit`; nothing where there are none. */
  released: PrivacyEvent[];
}

/** Where else the people of an account stand, and what all of it costs them. */
export function samePeople(
  account: Account,
  accounts: readonly Account[],
  events: readonly LedgerEvent[],
): SamePeople {
  const isLike = (other: Account) => other.unit === account.unit && other.relation === account.relation;
  const others = accounts.filter(
    (other) =>
      other.id !== account.id && sharePeople(account, other) && countedEvents(other, events).length > 0,
  );
  const likeUnit = others.filter(isLike);
  const released = [account, ...likeUnit].flatMap((each) =>
    countedEvents(each, events).flatMap(chargedMechanisms),
  );
  return {
    likeUnit,
    otherUnit: others.filter((other) => !isLike(other)),
    released: likeUnit.length > 0 ? gathered(released) : [],
    together: likeUnit.length > 0 ? epsilonOfMechanisms(released, account.delta, 'pld') : null,
  };
}
