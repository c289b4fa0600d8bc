/** Makes the datafeed's callbacks into the series that a chart asks for. */
import { formatOf } from '@/terminal/instrumentFormat';
import type { ChartSeries, HistoryPage } from '@/terminal/chart/ChartEngine';
import type { Bar, DatafeedApi, HistoryMetadata, LibrarySymbolInfo } from '@/trading/datafeed';

/** Bars of one request: enough for a wide screen; longer bars cost the server more each. */
const PAGE = { minutes: 500, hours: 300, days: 250 };
const DAY = 86_400;
let listeners = 0;

function secondsOf(resolution: string): number {
  const within = /^(\d+)(S?)$/.exec(resolution);
  return within === null ? DAY : Number(within[1]) * (within[2] === 'S' ? 1 : 60);
}

function pageOf(resolution: string): number {
  const seconds = secondsOf(resolution);
  if (seconds >= DAY) return PAGE.days;
  return seconds >= 3600 ? PAGE.hours : PAGE.minutes;
}

/** `now` is the market's time, from which the first page reaches back. */
export function createSeries(
  datafeed: DatafeedApi,
  info: LibrarySymbolInfo,
  resolution: string,
  timezone: string,
  now: () => number,
): ChartSeries {
  const { tickSize } = info.library_custom_fields.trading;

  function request(before: number | null): Promise<{ bars: Bar[]; meta: HistoryMetadata }> {
    const to = Math.floor((before ?? now()) / 1000);
    const countBack = pageOf(resolution);
    const from = to - countBack * secondsOf(resolution);
    const period = { from, to, countBack, firstDataRequest: before === null };
    return new Promise((resolve, reject) => {
      datafeed.getBars(
        info,
        resolution,
        period,
        (bars, meta) => resolve({ bars, meta }),
        (reason) => reject(new Error(reason)),
      );
    });
  }

  async function load(before: number | null): Promise<HistoryPage> {
    let { bars, meta } = await request(before);
    // An empty window with older data behind it is skipped at once.
    if (bars.length === 0 && meta.nextTime) ({ bars, meta } = await request(meta.nextTime + 1000));
    return { bars, hasOlder: bars.length > 0 && meta.noData !== true };
  }

  return {
    symbol: info.ticker,
    resolution,
    tickSize,
    fractional: info.fractional ?? false,
    hasVolume: info.visible_plots_set === 'ohlcv',
    volumePrecision: info.volume_precision,
    timezone,
    formatPrice: formatOf(info).price,
    load,
    subscribe(onBar, onReset) {
      listeners += 1;
      const guid = `chart-${listeners}`;
      datafeed.subscribeBars(info, resolution, onBar, guid, onReset);
      return () => datafeed.unsubscribeBars(guid);
    },
  };
}
