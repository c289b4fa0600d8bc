/** A list of callbacks with the public shape of the charting industry's Delegate. */
import type { Delegate } from '@/trading/observables';

export function createDelegate<Args extends unknown[]>(): Delegate<Args> {
  let entries: { owner: object | null; callback: (...args: Args) => void; singleshot: boolean }[] = [];
  return {
    subscribe(owner, callback, singleshot = false) {
      entries.push({ owner, callback, singleshot });
    },
    unsubscribe(owner, callback) {
      entries = entries.filter((entry) => entry.owner !== owner || entry.callback !== callback);
    },
    unsubscribeAll(owner) {
      entries = entries.filter((entry) => entry.owner !== owner);
    },
    fire(...args) {
      const called = entries;
      entries = entries.filter((entry) => !entry.singleshot);
      for (const { callback } of called) callback(...args);
    },
  };
}
