import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/trading/apiError';
import type { Bar, QuoteData } from '@/trading/datafeed';
import { DatafeedService } from './datafeedService';
import { fakeDatafeed } from '@/testing/fakeGateways';
import { aSymbol } from '@/testing/instruments';

const NOW_MS = 1_700_000_000_000;
const NOW = NOW_MS / 1000;
const spy = aSymbol();

let feed: ReturnType<typeof fakeDatafeed>;
let service: DatafeedService;

beforeEach(() => {
  feed = fakeDatafeed();
  service = new DatafeedService(feed.gateway, () => NOW_MS);
});

const bar = (time: number, close = 1): Bar => ({ time, open: 1, high: 2, low: 0.5, close });

describe('requests', () => {
  it('answer later, never within the call', async () => {
    const configuration = {
      supported_resolutions: ['1'],
      exchanges: [],
      symbols_types: [],
      supports_time: true,
    };
    feed.gateway.configuration.mockResolvedValue(configuration);
    const onReady = vi.fn();
    service.onReady(onReady);
    expect(onReady).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(onReady).toHaveBeenCalledExactlyOnceWith(configuration));
  });

  it('find nothing if the search fails, as there is no callback for errors', async () => {
    const onResult = vi.fn();
    service.searchSymbols('spy', '', '', onResult);
    await vi.waitFor(() => expect(onResult).toHaveBeenCalledExactlyOnceWith([]));
  });

  it('resolve a symbol once, and again after a failure', async () => {
    feed.gateway.resolve.mockRejectedValueOnce(new ApiError('symbol-unknown', 'No symbol SPY.', 404));
    const onResolve = vi.fn();
    const onError = vi.fn();
    service.resolveSymbol('SPY', onResolve, onError);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith('No symbol SPY.'));
    feed.gateway.resolve.mockResolvedValue(spy);
    service.resolveSymbol('SPY', onResolve, onError);
    await vi.waitFor(() => expect(onResolve).toHaveBeenCalledExactlyOnceWith(spy));
    expect(await service.info('SPY')).toBe(spy);
    expect(feed.gateway.resolve).toHaveBeenCalledTimes(2);
  });
});

describe('getBars', () => {
  const answer = { bars: [bar(60_000)], meta: { noData: false } };

  it('asks for the period by the ticker', async () => {
    feed.gateway.bars.mockResolvedValue(answer);
    const onResult = vi.fn();
    const info = aSymbol({ name: 'Spy', ticker: 'SPY' });
    const period = { from: 100, to: 200, countBack: 3, firstDataRequest: false };
    service.getBars(info, '1', period, onResult, vi.fn());
    await vi.waitFor(() => expect(onResult).toHaveBeenCalledExactlyOnceWith(answer.bars, answer.meta));
    expect(feed.gateway.bars).toHaveBeenCalledWith({
      symbol: 'SPY',
      resolution: '1',
      from: 100,
      to: 200,
      countBack: 3,
    });
  });

  it('asks for adjusted prices, in the past and live, where the symbol says how', () => {
    feed.gateway.bars.mockResolvedValue(answer);
    const streamed = vi.spyOn(feed.gateway, 'streamBars');
    const facts = { ...spy.library_custom_fields, adjustment: 'total' as const };
    const info = { ...spy, library_custom_fields: facts };
    const period = { from: 100, to: 200, countBack: 3, firstDataRequest: false };
    service.getBars(info, '1W', period, vi.fn(), vi.fn());
    service.subscribeBars(info, '1W', vi.fn(), 'adjusted', vi.fn());
    expect(feed.gateway.bars.mock.lastCall?.[0].adjustment).toBe('total');
    expect(streamed).toHaveBeenLastCalledWith(info.ticker, '1W', expect.anything(), 'total');
  });

  it('reaches beyond the browser clock at first, so that the newest bars are never hidden', () => {
    feed.gateway.bars.mockResolvedValue(answer);
    const period = { from: NOW - 600, to: NOW - 300, countBack: 3, firstDataRequest: true };
    service.getBars(spy, '1', period, vi.fn(), vi.fn());
    expect(feed.gateway.bars.mock.lastCall?.[0].to).toBeGreaterThan(NOW + 3_600);
  });

  it('ends in an error with its reason', async () => {
    feed.gateway.bars.mockRejectedValue(new ApiError('resolution-unsupported', 'Not 7.', 422));
    const onError = vi.fn();
    const period = { from: 1, to: 2, countBack: 3, firstDataRequest: false };
    service.getBars(spy, '7', period, vi.fn(), onError);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith('Not 7.'));
  });
});

describe('live bars', () => {
  let ticks: Bar[];
  let resets: number;

  beforeEach(() => {
    ticks = [];
    resets = 0;
    service.subscribeBars(
      spy,
      '1',
      (tick) => ticks.push(tick),
      'chart',
      () => (resets += 1),
    );
  });

  it('are handed on whole, never one older than the last', () => {
    feed.bars.snapshot(bar(60_000));
    feed.bars.update(bar(60_000, 1.5));
    feed.bars.update(bar(120_000));
    feed.bars.update(bar(60_000, 9));
    expect(ticks).toEqual([bar(60_000), bar(60_000, 1.5), bar(120_000)]);
    expect(resets).toBe(0);
  });

  it('ask for a reset if bars went by during a lost connection', () => {
    feed.bars.snapshot(bar(60_000));
    feed.bars.snapshot(bar(60_000, 1.2));
    expect(resets).toBe(0);
    feed.bars.snapshot(bar(240_000));
    expect(resets).toBe(1);
  });

  it('end when they are unsubscribed, or subscribed anew by the same name', () => {
    service.subscribeBars(spy, '1', vi.fn(), 'chart', vi.fn());
    expect(feed.bars.listeners.size).toBe(1);
    service.unsubscribeBars('chart');
    service.unsubscribeBars('never there');
    expect(feed.bars.listeners.size).toBe(0);
  });
});

describe('live quotes', () => {
  it('come for every symbol, once each, until unsubscribed', () => {
    const seen: QuoteData[] = [];
    service.subscribeQuotes(['SPY', 'IBM'], ['SPY'], (quotes) => seen.push(...quotes), 'list');
    expect(feed.quotes.get('SPY')?.listeners.size).toBe(1);
    feed.quotes.get('SPY')?.snapshot({ s: 'ok', n: 'SPY', v: { lp: 1 } });
    feed.quotes.get('IBM')?.update({ s: 'ok', n: 'IBM', v: { lp: 2 } });
    service.unsubscribeQuotes('list');
    feed.quotes.get('SPY')?.update({ s: 'ok', n: 'SPY', v: { lp: 3 } });
    expect(seen.map(({ n, v }) => [n, v.lp])).toEqual([['SPY', 1], ['IBM', 2]]); // prettier-ignore
    expect([...feed.quotes.values()].every(({ listeners }) => listeners.size === 0)).toBe(true);
  });

  it('of a symbol that stays in the list are never let go of', () => {
    service.subscribeQuotes([], ['SPY', 'IBM'], vi.fn(), 'list');
    service.subscribeQuotes([], ['SPY'], vi.fn(), 'list');
    expect(['SPY', 'IBM'].map((symbol) => feed.quotes.get(symbol)?.stopped)).toEqual([0, 1]);
    expect(['SPY', 'IBM'].map((symbol) => feed.quotes.get(symbol)?.listeners.size)).toEqual([1, 0]);
  });

  it('say which symbol is unknown', () => {
    const onRealtime = vi.fn();
    service.subscribeQuotes([], ['NONE'], onRealtime, 'list');
    feed.quotes.get('NONE')?.refuse('symbol-unknown', 'No symbol NONE.');
    expect(onRealtime).toHaveBeenCalledExactlyOnceWith([{ s: 'error', n: 'NONE', v: {} }]);
  });
});
