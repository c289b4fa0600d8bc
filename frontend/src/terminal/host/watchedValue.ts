/** An observable value with the public shape of the charting industry's WatchedValue. */
import type { WatchedValue } from '@/trading/observables';

export function createWatchedValue<T>(initial: T): WatchedValue<T> {
  let current = initial;
  const subscriptions = new Map<(value: T) => void, boolean>();

  const subscribe: WatchedValue<T>['subscribe'] = (callback, options = {}) => {
    if (options.callWithLast) {
      callback(current);
      if (options.once) return;
    }
    subscriptions.set(callback, options.once ?? false);
  };

  const unsubscribe: WatchedValue<T>['unsubscribe'] = (callback) => {
    if (callback === undefined) subscriptions.clear();
    else subscriptions.delete(callback);
  };

  return {
    value: () => current,
    subscribe,
    unsubscribe,
    when(callback) {
      if (current) {
        callback(current);
        return;
      }
      const listener = (value: T): void => {
        if (!value) return;
        unsubscribe(listener);
        callback(value);
      };
      subscribe(listener);
    },
    setValue(value, forceUpdate = false) {
      if (!forceUpdate && Object.is(value, current)) return;
      current = value;
      for (const [callback, once] of [...subscriptions]) {
        if (once) subscriptions.delete(callback);
        callback(value);
      }
    },
  };
}
