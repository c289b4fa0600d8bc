import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ChartSeries, HistoryPage } from '@/terminal/chart/ChartEngine';
import { KlineDataLoader } from '@/terminal/chart/klineDataLoader';
import type { Bar } from '@/trading/datafeed';

type Request = Parameters<KlineDataLoader['getBars']>[0];
type Page = Parameters<Request['callback']>[0];

const symbol = { ticker: 'ALFA', pricePrecision: 2, volumePrecision: 0 };
const period = { type: 'minute', span: 1 } as const;

function bar(time: number, close = 1): Bar {
  return { time, open: 1, high: 2, low: 0.5, close };
}

/** A series whose pages are answered by the test, and whose live bars it sends. */
function seriesOf(name: string) {
  const answers: ((page: HistoryPage | Error) => void)[] = [];
  const live: { onBar?: (bar: Bar) => void; onReset?: () => void; stopped: number } = { stopped: 0 };
  const series: ChartSeries = {
    symbol: name,
    resolution: '1',
    tickSize: 0.01,
    fractional: false,
    hasVolume: true,
    volumePrecision: 0,
    timezone: 'Etc/UTC',
    formatPrice: String,
    load: () =>
      new Promise((resolve, reject) => {
        answers.push((page) => (page instanceof Error ? reject(page) : resolve(page)));
      }),
    subscribe(onBar, onReset) {
      Object.assign(live, { onBar, onReset });
      return () => (live.stopped += 1);
    },
  };
  return { series, answers, live };
}

const events = { onBars: vi.fn(), onLoading: vi.fn(), onProblem: vi.fn(), onReset: vi.fn() };
const frames = new Map<number, FrameRequestCallback>();

beforeEach(() => {
  frames.clear();
  Object.values(events).forEach((event) => event.mockClear());
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frames.set(frames.size + 1, callback);
    return frames.size;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});

function paintFrame(): void {
  for (const frame of frames.values()) frame(0);
  frames.clear();
}

function request(loader: KlineDataLoader, type: Request['type'], timestamp: number | null = null) {
  const callback = vi.fn<(data: Page, more?: unknown) => void>();
  loader.getBars({ type, timestamp, symbol, period, callback });
  return callback;
}

describe('KlineDataLoader', () => {
  it('hands over a page and says whether older bars exist', async () => {
    const { series, answers } = seriesOf('ALFA');
    const loader = new KlineDataLoader(events);
    loader.show(series);
    const callback = request(loader, 'init');
    answers[0]?.({ bars: [bar(1), bar(2)], hasOlder: true });
    await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
    expect(callback.mock.calls[0]?.[0].map(({ timestamp }) => timestamp)).toEqual([1, 2]);
    expect(callback.mock.calls[0]?.[1]).toEqual({ forward: true, backward: false });
    expect(events.onLoading.mock.calls).toEqual([[true], [false]]);
  });

  it('drops the answer for a symbol that is no longer shown', async () => {
    const first = seriesOf('ALFA');
    const second = seriesOf('BOND');
    const loader = new KlineDataLoader(events);
    loader.show(first.series);
    const stale = request(loader, 'init');
    loader.show(second.series);
    const fresh = request(loader, 'init');
    first.answers[0]?.({ bars: [bar(1)], hasOlder: false });
    second.answers[0]?.({ bars: [bar(7)], hasOlder: false });
    await vi.waitFor(() => expect(fresh).toHaveBeenCalledOnce());
    expect(stale).not.toHaveBeenCalled();
  });

  it('tells why a page did not come, and lets an older page be asked for again', async () => {
    const { series, answers } = seriesOf('ALFA');
    const loader = new KlineDataLoader(events);
    loader.show(series);
    const callback = request(loader, 'forward', 5);
    answers[0]?.(new Error('no answer'));
    await vi.waitFor(() => expect(events.onProblem).toHaveBeenCalledWith('no answer'));
    expect(callback).toHaveBeenCalledWith([], { forward: true, backward: false });
  });

  it('paints once a frame, each bar in its last state and in order', () => {
    const { series, live } = seriesOf('ALFA');
    const loader = new KlineDataLoader(events);
    loader.show(series);
    const callback = vi.fn<(data: Page[number]) => void>();
    loader.subscribeBar({ symbol, period, callback });
    live.onBar?.(bar(60, 1));
    live.onBar?.(bar(120, 2));
    live.onBar?.(bar(60, 3));
    expect(callback).not.toHaveBeenCalled();
    expect(frames.size).toBe(1);
    paintFrame();
    expect(callback.mock.calls.map(([data]) => [data.timestamp, data.close])).toEqual([
      [60, 3],
      [120, 2],
    ]);
  });

  it('stops the live bars of what it leaves, waiting ones included', () => {
    const { series, live } = seriesOf('ALFA');
    const loader = new KlineDataLoader(events);
    loader.show(series);
    const callback = vi.fn();
    loader.subscribeBar({ symbol, period, callback });
    live.onBar?.(bar(60));
    loader.show(null);
    paintFrame();
    expect(live.stopped).toBe(1);
    expect(callback).not.toHaveBeenCalled();
  });

  it('passes on that the history is to be loaded again', () => {
    const { series, live } = seriesOf('ALFA');
    const loader = new KlineDataLoader(events);
    loader.show(series);
    loader.subscribeBar({ symbol, period, callback: vi.fn() });
    live.onReset?.();
    expect(events.onReset).toHaveBeenCalledOnce();
  });
});
