/**
 * Feeds klinecharts from a series: pages of history when it scrolls back, live bars at most once an
 * animation frame. Answers for a series that is no longer shown are dropped.
 */
import type {
  DataLoader,
  DataLoaderGetBarsParams,
  DataLoaderSubscribeBarParams,
  KLineData,
} from 'klinecharts';

import type { ChartSeries } from '@/terminal/chart/ChartEngine';
import type { Bar } from '@/trading/datafeed';

function dataOf(bar: Bar): KLineData {
  const { time, ...prices } = bar;
  return { timestamp: time, ...prices };
}

/** What the loader tells its chart. */
export interface LoaderEvents {
  onBars: () => void;
  onLoading: (loading: boolean) => void;
  onProblem: (reason: string | null) => void;
  onReset: () => void;
}

export class KlineDataLoader implements DataLoader {
  private series: ChartSeries | null = null;
  private turn = 0;
  private stop: (() => void) | null = null;
  private frame = 0;
  private readonly waiting = new Map<number, Bar>();

  constructor(private readonly events: LoaderEvents) {}

  /** From now on requests are for `series`; null lets them come to nothing. */
  show(series: ChartSeries | null): void {
    this.unsubscribeBar();
    this.series = series;
  }

  readonly getBars = ({ type, timestamp, callback }: DataLoaderGetBarsParams): void => {
    const { series } = this;
    if (type === 'init') this.turn += 1;
    if (series === null || type === 'backward') {
      callback([], false);
      return;
    }
    void this.load(series, type === 'init' ? null : timestamp, callback);
  };

  readonly subscribeBar = ({ callback }: DataLoaderSubscribeBarParams): void => {
    this.unsubscribeBar();
    if (this.series === null) return;
    this.stop = this.series.subscribe(
      (bar) => {
        this.waiting.set(bar.time, bar);
        this.frame ||= requestAnimationFrame(() => this.paint(callback));
      },
      () => this.events.onReset(),
    );
  };

  readonly unsubscribeBar = (): void => {
    this.stop?.();
    this.stop = null;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.waiting.clear();
  };

  private async load(
    series: ChartSeries,
    before: number | null,
    callback: DataLoaderGetBarsParams['callback'],
  ): Promise<void> {
    const { turn } = this;
    if (before === null) this.events.onLoading(true);
    try {
      const page = await series.load(before);
      if (turn !== this.turn) return;
      // The older direction is "forward" in the words of klinecharts.
      callback(page.bars.map(dataOf), { forward: page.hasOlder, backward: false });
      this.events.onProblem(null);
    } catch (error) {
      if (turn !== this.turn) return;
      callback([], { forward: before !== null, backward: false });
      this.events.onProblem(error instanceof Error ? error.message : String(error));
    }
    this.events.onLoading(false);
    this.events.onBars();
  }

  private paint(callback: (data: KLineData) => void): void {
    this.frame = 0;
    const bars = [...this.waiting.values()].sort((a, b) => a.time - b.time);
    this.waiting.clear();
    for (const bar of bars) callback(dataOf(bar));
    this.events.onBars();
  }
}
