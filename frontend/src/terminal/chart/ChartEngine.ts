/**
 * What the terminal asks of a chart. The panel knows only this, so the library that draws can be
 * exchanged without touching it.
 */
import type { Bar } from '@/trading/datafeed';

/** A piece of history: ascending bars, and whether anything older exists. */
export interface HistoryPage {
  bars: readonly Bar[];
  hasOlder: boolean;
}

/** Where a chart gets one symbol at one resolution from. */
export interface ChartSeries {
  symbol: string;
  resolution: string;
  /** Smallest price step, which bounds how far the price axis can be zoomed. */
  tickSize: number;
  fractional: boolean;
  hasVolume: boolean;
  volumePrecision: number;
  /** IANA zone in which the time axis is written. */
  timezone: string;
  formatPrice: (price: number) => string;
  /** Bars before `before` (ms UTC), or the latest ones. */
  load: (before: number | null) => Promise<HistoryPage>;
  /** Starts live bars; the result stops them. `onReset` asks for the history to be loaded again. */
  subscribe: (onBar: (bar: Bar) => void, onReset: () => void) => () => void;
}

/** A horizontal line at a price with a label and, if it can be closed, a cross. */
export interface PriceLine {
  id: string;
  price: number;
  text: string;
  tone: 'buy' | 'sell' | 'profit' | 'loss';
  dashed: boolean;
  /** Whether the price axis is marked too. */
  onAxis: boolean;
  onClose?: () => void;
}

/** Colours and fonts of a chart, resolved from the design tokens. */
export interface ChartTheme {
  font: string;
  text: string;
  muted: string;
  grid: string;
  border: string;
  raised: string;
  panel: string;
  accent: string;
  up: string;
  down: string;
  onUp: string;
  onDown: string;
}

/** What the legend shows: the bar under the crosshair, else the last one. */
export interface LegendBar {
  bar: Bar;
  previousClose: number | null;
}

export interface ChartEvents {
  onLegend: (legend: LegendBar | null) => void;
  onLoading: (loading: boolean) => void;
  onProblem: (reason: string | null) => void;
  /** True when the series has no bar at all, false when it has one. */
  onEmpty: (empty: boolean) => void;
}

/** A chart in an element; `dispose` ends its subscriptions. */
export interface ChartEngine {
  show: (series: ChartSeries) => void;
  setLines: (lines: readonly PriceLine[]) => void;
  setTheme: (theme: ChartTheme) => void;
  /** Loads the shown series again. */
  reload: () => void;
  scrollToLatest: () => void;
  dispose: () => void;
}
