import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';

import { useMarket } from '@/stores/market';
import { useWorkspace } from '@/stores/workspace';
import type { DataKind } from '@/trading/datafeed';

function begin(kind?: DataKind) {
  setActivePinia(createPinia());
  const market = useMarket();
  if (kind !== undefined) market.feed = { kind, time: 0, symbols: [] };
  return market;
}

beforeEach(() => {
  localStorage.clear();
});

describe('the watchlist', () => {
  it('is unknown until the market is, then remembered for each kind of market', async () => {
    const before = begin();
    expect(before.watchlist).toBeUndefined();
    const market = begin('simulated');
    market.setWatchlist(['ALFA']);
    market.watchSymbol('BOND');
    market.watchSymbol('BOND');
    market.unwatchSymbol('ALFA');
    await nextTick();
    expect(begin('simulated').watchlist).toEqual(['BOND']);
    expect(begin('replayed').watchlist).toBeUndefined();
  });

  it('starts anew where storage holds something else', () => {
    localStorage.setItem('trading-pro.watchlists', '{"simulated":[1,null]}');
    expect(begin('simulated').watchlist).toBeUndefined();
    localStorage.setItem('trading-pro.watchlists', '{broken');
    expect(begin('simulated').watchlist).toBeUndefined();
  });
});

describe('the shown symbol', () => {
  it('belongs to its market and never leaks into another', async () => {
    begin('simulated').setWatchlist(['ALFA', 'BOND']);
    useWorkspace().show('BOND');
    await nextTick();
    begin('replayed');
    expect(useWorkspace().symbol).toBeNull();
    begin('simulated');
    expect(useWorkspace().symbol).toBe('BOND');
  });
});

describe('quotes', () => {
  it('reach the screen once a frame, the newest of each symbol', () => {
    const frames: FrameRequestCallback[] = [];
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
    const market = begin('simulated');
    market.applyQuotes([{ s: 'ok', n: 'ALFA', v: { lp: 1 } }]);
    market.applyQuotes([
      { s: 'ok', n: 'ALFA', v: { lp: 2 } },
      { s: 'error', n: 'GONE', v: {} },
    ]);
    expect(market.quoteOf('ALFA').value).toBeUndefined();
    expect(frames).toHaveLength(1);
    frames[0]?.(0);
    expect(market.quoteOf('ALFA').value).toEqual({ values: { lp: 2 }, refused: false });
    expect(market.quoteOf('GONE').value?.refused).toBe(true);
  });
});
