/** The chart engine over klinecharts. */
import { dispose, init, type Chart, type KLineData } from 'klinecharts';

import type {
  ChartEngine,
  ChartEvents,
  ChartSeries,
  ChartTheme,
  PriceLine,
} from '@/terminal/chart/ChartEngine';
import { KlineDataLoader } from '@/terminal/chart/klineDataLoader';
import { isDaily, periodOf } from '@/terminal/chart/klinePeriods';
import { registerPriceAxis } from '@/terminal/chart/klinePriceAxis';
import { PRICE_LINE, registerPriceLine, type PriceLineLook } from '@/terminal/chart/klinePriceLine';
import { chartStyles } from '@/terminal/chart/klineStyles';
import type { Bar } from '@/trading/datafeed';

const CANDLES = 'candle_pane';
const VOLUME = 'volume_pane';
const VOLUME_HEIGHT = 72;
const BAR_SPACE = 8;
const RIGHT_MARGIN = 72;

/** Decimals that show every tick exactly. */
function decimals(tickSize: number): number {
  for (let digits = 0; digits < 10; digits += 1) {
    const scaled = tickSize * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * scaled) return digits;
  }
  return 10;
}

function barOf(data: KLineData): Bar {
  const { timestamp, open, high, low, close, volume } = data;
  return volume === undefined
    ? { time: timestamp, open, high, low, close }
    : { time: timestamp, open, high, low, close, volume };
}

class KlineChartEngine implements ChartEngine {
  private series: ChartSeries | null = null;
  private theme: ChartTheme;
  private lines: readonly PriceLine[] = [];
  /** Where the crosshair stands; null without one. */
  private hoveredX: number | null = null;
  private hasVolumePane = false;
  private readonly loader: KlineDataLoader;
  private readonly resizes: ResizeObserver;

  constructor(
    private readonly chart: Chart,
    private readonly element: HTMLElement,
    theme: ChartTheme,
    private readonly events: ChartEvents,
  ) {
    this.theme = theme;
    this.loader = new KlineDataLoader({
      onBars: () => {
        this.showLegend();
        events.onEmpty(chart.getDataList().length === 0);
      },
      onLoading: events.onLoading,
      onProblem: events.onProblem,
      onReset: () => this.reload(),
    });
    registerPriceLine();
    chart.setStyles(chartStyles(theme));
    chart.overrideYAxis({ paneId: CANDLES, name: registerPriceAxis(() => this.series) });
    chart.setBarSpace(BAR_SPACE);
    chart.setOffsetRightDistance(RIGHT_MARGIN);
    chart.setDataLoader(this.loader);
    chart.subscribeAction('onCrosshairChange', this.onCrosshair);
    element.addEventListener('mouseleave', this.onLeave);
    this.resizes = new ResizeObserver(() => chart.resize());
    this.resizes.observe(element);
  }

  show(series: ChartSeries): void {
    this.loader.show(null);
    this.series = series;
    this.hoveredX = null;
    this.chart.setTimezone(isDaily(series.resolution) ? 'Etc/UTC' : series.timezone);
    this.chart.setSymbol({
      ticker: series.symbol,
      pricePrecision: decimals(series.tickSize),
      volumePrecision: series.volumePrecision,
    });
    this.chart.setPeriod(periodOf(series.resolution));
    this.setVolumePane(series.hasVolume);
    this.loader.show(series);
    this.chart.resetData();
    this.setLines([]);
  }

  reload(): void {
    if (this.series !== null) this.chart.resetData();
  }

  setLines(lines: readonly PriceLine[]): void {
    this.lines = lines;
    this.drawLines();
  }

  setTheme(theme: ChartTheme): void {
    this.theme = theme;
    this.chart.setStyles(chartStyles(theme));
    this.drawLines();
  }

  scrollToLatest(): void {
    this.chart.scrollToRealTime();
  }

  dispose(): void {
    this.resizes.disconnect();
    this.element.removeEventListener('mouseleave', this.onLeave);
    this.loader.show(null);
    this.chart.unsubscribeAction('onCrosshairChange', this.onCrosshair);
    dispose(this.element);
  }

  private readonly onCrosshair = (crosshair?: unknown): void => {
    this.hoveredX = xOf(crosshair);
    this.showLegend();
  };

  // The library tells where the crosshair goes, but not that it is gone.
  private readonly onLeave = (): void => {
    this.hoveredX = null;
    this.showLegend();
  };

  private showLegend(): void {
    const bars = this.chart.getDataList();
    const index = this.legendIndex(bars.length - 1);
    const shown = bars[index];
    if (shown === undefined) {
      this.events.onLegend(null);
      return;
    }
    this.events.onLegend({ bar: barOf(shown), previousClose: bars[index - 1]?.close ?? null });
  }

  private legendIndex(last: number): number {
    if (this.hoveredX === null) return last;
    const points = this.chart.convertFromPixel([{ x: this.hoveredX }], { paneId: CANDLES });
    const index = Array.isArray(points) ? points[0]?.dataIndex : points.dataIndex;
    return index === undefined ? last : Math.min(Math.max(index, 0), last);
  }

  private setVolumePane(wanted: boolean): void {
    if (wanted === this.hasVolumePane) return;
    this.hasVolumePane = wanted;
    if (!wanted) {
      this.chart.removeIndicator({ paneId: VOLUME });
      return;
    }
    this.chart.createIndicator({ name: 'VOL', paneId: VOLUME, calcParams: [] });
    this.chart.setPaneOptions({ id: VOLUME, height: VOLUME_HEIGHT, minHeight: 40 });
  }

  private drawLines(): void {
    this.chart.removeOverlay({ name: PRICE_LINE });
    for (const line of this.lines) {
      this.chart.createOverlay({
        name: PRICE_LINE,
        id: line.id,
        paneId: CANDLES,
        lock: true,
        points: [{ value: line.price }],
        extendData: this.lookOf(line),
        onClick: ({ figure }) => {
          if (figure?.key === 'close') line.onClose?.();
        },
      });
    }
  }

  private lookOf(line: PriceLine): PriceLineLook {
    const rises = line.tone === 'buy' || line.tone === 'profit';
    return {
      text: line.text,
      priceText: this.series?.formatPrice(line.price) ?? String(line.price),
      color: rises ? this.theme.up : this.theme.down,
      textColor: rises ? this.theme.onUp : this.theme.onDown,
      panelColor: this.theme.panel,
      font: this.theme.font,
      dashed: line.dashed,
      closable: line.onClose !== undefined,
      onAxis: line.onAxis,
    };
  }
}

function xOf(crosshair: unknown): number | null {
  if (typeof crosshair !== 'object' || crosshair === null || !('x' in crosshair)) return null;
  return typeof crosshair.x === 'number' ? crosshair.x : null;
}

/** Draws a chart into `element`, which must be laid out. */
export function createKlineEngine(element: HTMLElement, theme: ChartTheme, events: ChartEvents): ChartEngine {
  const chart = init(element, { locale: 'en-US', thousandsSeparator: { sign: '' } });
  if (chart === null) throw new Error('the chart could not be created in its element');
  // The library asks for the first place in the focus order; its place in the page is the right one.
  element.querySelector('[tabindex="1"]')?.setAttribute('tabindex', '0');
  return new KlineChartEngine(chart, element, theme, events);
}
