/** Values and events that can be watched, in the shapes of the broker interface. */

export interface ReadonlyWatchedValue<T> {
  value(): T;
  subscribe(callback: (value: T) => void, options?: { once?: boolean; callWithLast?: boolean }): void;
  /** Without an argument all callbacks go. */
  unsubscribe(callback?: (value: T) => void): void;
  /** Calls once, as soon as the value is truthy. */
  when(callback: (value: T) => void): void;
}

export interface WatchedValue<T> extends ReadonlyWatchedValue<T> {
  /** Callbacks run only on a change, unless forced. */
  setValue(value: T, forceUpdate?: boolean): void;
}

export interface Subscription<Args extends unknown[]> {
  subscribe(owner: object | null, callback: (...args: Args) => void, singleshot?: boolean): void;
  unsubscribe(owner: object | null, callback: (...args: Args) => void): void;
  unsubscribeAll(owner: object | null): void;
}

export interface Delegate<Args extends unknown[]> extends Subscription<Args> {
  fire(...args: Args): void;
}
