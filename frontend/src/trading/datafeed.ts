/** The datafeed adapter: what a chart host asks for market data (times named "from" and "to" are seconds). */

/** Length of a bar as the datafeed writes it: `15S`, `5` minutes, `1D`, `1W`, `3M`. */
export type Resolution = string;

export const FAVOURITES: readonly Resolution[] = ['1', '5', '15', '60', '1D'];

export function isResolution(value: unknown): value is Resolution {
  return typeof value === 'string' && /^[1-9]\d{0,4}[SDWM]?$/.test(value);
}

export type DataKind = 'simulated' | 'replayed' | 'live' | 'delayed' | 'end-of-day';

export interface Bar {
  /** Milliseconds UTC; a daily bar's is 00:00 UTC of its trading day. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume?: number;
}

export interface HistoryMetadata {
  noData?: boolean;
  nextTime?: number | null;
}

export interface PeriodParams {
  from: number;
  /** Not inclusive. */
  to: number;
  /** Outranks `from`. */
  countBack: number;
  firstDataRequest: boolean;
}

export interface DatafeedConfiguration {
  supported_resolutions: string[];
  exchanges: { value: string; name: string; desc: string }[];
  symbols_types: { value: string; name: string }[];
  supports_time: boolean;
}

export interface SearchSymbolResultItem {
  symbol: string;
  ticker: string;
  description: string;
  exchange: string;
  type: string;
}

/** How prices of a symbol are written: tick = minmov / pricescale. */
export interface PriceFormat {
  pricescale: number;
  minmov: number;
  minmove2?: number;
  fractional?: boolean;
}

export interface InstrumentRules {
  tradable: boolean;
  reason?: string;
  qty: { min: number; max: number; step: number; default: number };
  tickSize: number;
  pipSize: number;
  pointValue: number;
  marginRate: number;
  currency: string;
}

export const ADJUSTMENTS = ['raw', 'split', 'total'] as const;
/** What prices of before a corporate action are adjusted for: nothing, splits, splits and dividends. */
export type Adjustment = (typeof ADJUSTMENTS)[number];

/** What charting interfaces have no field for. */
export interface InstrumentFacts {
  dataKind: DataKind;
  /** What its bars are adjusted for; absent where no corporate action is known. */
  adjustment?: Adjustment;
  trading: InstrumentRules;
}

export interface LibrarySymbolInfo extends PriceFormat {
  name: string;
  ticker: string;
  description: string;
  type: string;
  session: string;
  exchange: string;
  listed_exchange: string;
  timezone: string;
  format: 'price' | 'volume';
  has_intraday: boolean;
  has_daily: boolean;
  supported_resolutions: string[];
  visible_plots_set: 'ohlcv' | 'ohlc' | 'c';
  volume_precision: number;
  currency_code: string;
  library_custom_fields: InstrumentFacts;
}

export interface DatafeedQuoteValues {
  lp?: number;
  ch?: number;
  chp?: number;
  prev_close_price?: number;
  bid?: number;
  ask?: number;
  bid_size?: number;
  ask_size?: number;
  spread?: number;
  open_price?: number;
  high_price?: number;
  low_price?: number;
  volume?: number;
  time?: number;
  short_name?: string;
  exchange?: string;
  description?: string;
  data_kind?: DataKind;
  market_status?: 'open' | 'closed';
}

export type QuoteData =
  { s: 'ok'; n: string; v: DatafeedQuoteValues } | { s: 'error'; n: string; v: DatafeedQuoteValues };

export interface DatafeedApi {
  onReady(callback: (configuration: DatafeedConfiguration) => void): void;
  searchSymbols(
    userInput: string,
    exchange: string,
    symbolType: string,
    onResult: (items: SearchSymbolResultItem[]) => void,
  ): void;
  resolveSymbol(
    symbolName: string,
    onResolve: (info: LibrarySymbolInfo) => void,
    onError: (reason: string) => void,
  ): void;
  getBars(
    symbolInfo: LibrarySymbolInfo,
    resolution: string,
    period: PeriodParams,
    onResult: (bars: Bar[], meta: HistoryMetadata) => void,
    onError: (reason: string) => void,
  ): void;
  subscribeBars(
    symbolInfo: LibrarySymbolInfo,
    resolution: string,
    onTick: (bar: Bar) => void,
    listenerGuid: string,
    onResetCacheNeeded: () => void,
  ): void;
  unsubscribeBars(listenerGuid: string): void;
  getQuotes(
    symbols: string[],
    onData: (quotes: QuoteData[]) => void,
    onError: (reason: string) => void,
  ): void;
  subscribeQuotes(
    symbols: string[],
    fastSymbols: string[],
    onRealtime: (quotes: QuoteData[]) => void,
    listenerGuid: string,
  ): void;
  unsubscribeQuotes(listenerGuid: string): void;
  getServerTime(callback: (seconds: number) => void): void;
}

/** Where market data comes from and how it runs; beyond the charting industry's interface. */
export interface FeedState {
  kind: DataKind;
  time: number;
  problem?: string;
  symbols: { symbol: string; status: string; lastEventTime?: number; problem?: string }[];
}

export interface ReplayState {
  time: number;
  start: number;
  end: number;
  speed: number;
  playing: boolean;
  finished: boolean;
}

export interface ReplayChange {
  playing?: boolean;
  speed?: number;
}
