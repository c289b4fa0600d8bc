import { describe, expect, it, vi } from 'vitest';
import { createDelegate } from './delegate';
import { createWatchedValue } from './watchedValue';

describe('a watched value', () => {
  it('calls back on a change only, unless forced', () => {
    const watched = createWatchedValue(1);
    const seen = vi.fn();
    watched.subscribe(seen);
    watched.setValue(1);
    watched.setValue(2);
    watched.setValue(2, true);
    expect(seen.mock.calls).toEqual([[2], [2]]);
    watched.unsubscribe(seen);
    watched.setValue(3);
    expect(seen).toHaveBeenCalledTimes(2);
    expect(watched.value()).toBe(3);
  });

  it('calls with the last value, once, or both', () => {
    const watched = createWatchedValue('a');
    const last = vi.fn();
    const once = vi.fn();
    const both = vi.fn();
    watched.subscribe(last, { callWithLast: true });
    watched.subscribe(once, { once: true });
    watched.subscribe(both, { callWithLast: true, once: true });
    watched.setValue('b');
    watched.setValue('c');
    expect(last.mock.calls.flat()).toEqual(['a', 'b', 'c']);
    expect(once.mock.calls.flat()).toEqual(['b']);
    expect(both.mock.calls.flat()).toEqual(['a']);
  });

  it('waits until it is truthy', () => {
    const watched = createWatchedValue(0);
    const ready = vi.fn();
    watched.when(ready);
    watched.setValue(0, true);
    watched.setValue(5);
    watched.setValue(6);
    expect(ready.mock.calls).toEqual([[5]]);
    watched.when(ready);
    expect(ready).toHaveBeenLastCalledWith(6);
  });

  it('forgets all callbacks at once', () => {
    const watched = createWatchedValue(0);
    const seen = vi.fn();
    watched.subscribe(seen);
    watched.unsubscribe();
    watched.setValue(1);
    expect(seen).not.toHaveBeenCalled();
  });
});

describe('a delegate', () => {
  it('calls by owner, single shots once', () => {
    const delegate = createDelegate<[string]>();
    const owner = {};
    const kept = vi.fn();
    const once = vi.fn();
    delegate.subscribe(owner, kept);
    delegate.subscribe(null, once, true);
    delegate.fire('a');
    delegate.fire('b');
    expect(kept.mock.calls.flat()).toEqual(['a', 'b']);
    expect(once.mock.calls.flat()).toEqual(['a']);
    delegate.unsubscribe({}, kept);
    delegate.fire('c');
    delegate.unsubscribeAll(owner);
    delegate.fire('d');
    expect(kept).toHaveBeenCalledTimes(3);
  });
});
