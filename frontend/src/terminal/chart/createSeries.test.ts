import { describe, expect, it, vi } from 'vitest';

import { bond, forex, stock } from '@/testing/instruments';
import { createSeries } from '@/terminal/chart/createSeries';
import type { Bar, DatafeedApi, HistoryMetadata } from '@/trading/datafeed';

const NOW = 1_700_000_000_000;
const bar: Bar = { time: NOW - 60_000, open: 1, high: 1, low: 1, close: 1 };

type GetBars = DatafeedApi['getBars'];
type Answer = [Bar[], HistoryMetadata] | string;

/** A datafeed that gives its answers in turn. */
function datafeedOf(...answers: Answer[]) {
  const getBars = vi.fn<GetBars>((_info, _resolution, _period, onResult, onError) => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked more often than answered');
    if (typeof answer === 'string') onError(answer);
    else onResult(...answer);
  });
  const subscribeBars = vi.fn<DatafeedApi['subscribeBars']>();
  const unsubscribeBars = vi.fn<DatafeedApi['unsubscribeBars']>();
  const unused = (): never => {
    throw new Error('not part of a series');
  };
  const datafeed: DatafeedApi = {
    getBars,
    subscribeBars,
    unsubscribeBars,
    onReady: unused,
    searchSymbols: unused,
    resolveSymbol: unused,
    getQuotes: unused,
    subscribeQuotes: unused,
    unsubscribeQuotes: unused,
    getServerTime: unused,
  };
  return { datafeed, getBars, subscribeBars, unsubscribeBars };
}

describe('createSeries', () => {
  it("reaches back from the market's time first, then from the oldest bar", async () => {
    const { datafeed, getBars } = datafeedOf([[bar], {}], [[bar], {}]);
    const series = createSeries(datafeed, stock, '1', 'Etc/UTC', () => NOW);
    await series.load(null);
    await series.load(bar.time);
    const [first, second] = getBars.mock.calls.map(([, , period]) => period);
    expect(first).toMatchObject({ to: NOW / 1000, firstDataRequest: true });
    expect(second).toMatchObject({ to: bar.time / 1000, firstDataRequest: false });
    expect(second?.from).toBe((second?.to ?? 0) - (second?.countBack ?? 0) * 60);
  });

  it('says that nothing older exists only when the datafeed does', async () => {
    const { datafeed } = datafeedOf([[bar], {}], [[], { noData: true }]);
    const series = createSeries(datafeed, stock, '1D', 'Etc/UTC', () => NOW);
    expect((await series.load(null)).hasOlder).toBe(true);
    expect(await series.load(bar.time)).toEqual({ bars: [], hasOlder: false });
  });

  it('skips a window without bars to the older ones behind it', async () => {
    const older = { ...bar, time: bar.time - 86_400_000 };
    const { datafeed, getBars } = datafeedOf([[], { noData: true, nextTime: older.time }], [[older], {}]);
    const page = await createSeries(datafeed, stock, '1', 'Etc/UTC', () => NOW).load(null);
    expect(page).toEqual({ bars: [older], hasOlder: true });
    expect((getBars.mock.calls[1]?.[2].to ?? 0) * 1000).toBeGreaterThan(older.time);
  });

  it('fails with the reason of the datafeed', async () => {
    const { datafeed } = datafeedOf('symbol-unknown');
    await expect(createSeries(datafeed, stock, '1', 'Etc/UTC', () => NOW).load(null)).rejects.toThrow(
      'symbol-unknown',
    );
  });

  it('ends exactly the listener that it began', () => {
    const { datafeed, subscribeBars, unsubscribeBars } = datafeedOf();
    const series = createSeries(datafeed, stock, '1', 'Etc/UTC', () => NOW);
    const stop = series.subscribe(vi.fn(), vi.fn());
    series.subscribe(vi.fn(), vi.fn());
    stop();
    const [first, second] = subscribeBars.mock.calls.map((call) => call[3]);
    expect(first).not.toBe(second);
    expect(unsubscribeBars.mock.calls).toEqual([[first]]);
  });

  it('knows the plots and the price format of its instrument', () => {
    const { datafeed } = datafeedOf();
    const series = createSeries(datafeed, bond, '1', 'Etc/UTC', () => NOW);
    expect(series.formatPrice(111.5)).toBe("111'16");
    expect(series.fractional).toBe(true);
    expect(createSeries(datafeed, forex, '1', 'Etc/UTC', () => NOW).hasVolume).toBe(false);
  });
});
