// Made from the OpenAPI file of the module "datafeed" by "npm run generate"; never edited.

import type * as types from './index';

type Kind = 'any' | 'boolean' | 'number' | 'string';

interface AnyShape {
  readonly fields?: Readonly<Record<string, Kind | AnyShape>>;
  readonly item?: Kind | AnyShape;
}

/** What a value of type T holds at least; a field whose name ends in "?" may be left out. */
export interface Shape<T> extends AnyShape {
  readonly of?: (value: T) => T;
}

export const Bar: Shape<types.Bar> = {
  fields: {
    close: 'number',
    high: 'number',
    low: 'number',
    open: 'number',
    time: 'number',
    'volume?': 'number',
  },
};

export const BarsPage: Shape<types.BarsPage> = {
  fields: { bars: { item: Bar }, 'nextTime?': 'number', noData: 'boolean' },
};

export const NamedValue: Shape<types.NamedValue> = {
  fields: { 'desc?': 'string', name: 'string', value: 'string' },
};

export const DatafeedConfiguration: Shape<types.DatafeedConfiguration> = {
  fields: {
    exchanges: { item: NamedValue },
    supported_resolutions: { item: 'string' },
    supports_marks: 'boolean',
    supports_time: 'boolean',
    supports_timescale_marks: 'boolean',
    symbols_types: { item: NamedValue },
  },
};

export const DepthLevel: Shape<types.DepthLevel> = { fields: { price: 'number', volume: 'number' } };

export const Depth: Shape<types.Depth> = {
  fields: { asks: { item: DepthLevel }, bids: { item: DepthLevel }, symbol: 'string', time: 'number' },
};

export const SymbolStatus: Shape<types.SymbolStatus> = {
  fields: {
    'lastEventTime?': 'number',
    'lastReceiptTime?': 'number',
    'problem?': 'string',
    'staleAfterMs?': 'number',
    status: 'string',
    symbol: 'string',
  },
};

export const FeedStatus: Shape<types.FeedStatus> = {
  fields: {
    'calendars?': 'string',
    kind: 'string',
    'problem?': 'string',
    provider: 'string',
    symbols: { item: SymbolStatus },
    time: 'number',
    'timeZones?': 'string',
    'untold?': 'number',
  },
};

export const Mark: Shape<types.Mark> = {
  fields: {
    color: 'string',
    id: 'string',
    label: 'string',
    labelFontColor: 'string',
    minSize: 'number',
    text: 'string',
    time: 'number',
  },
};

export const QuantityRules: Shape<types.QuantityRules> = {
  fields: { default: 'number', max: 'number', min: 'number', step: 'number' },
};

export const QuoteValues: Shape<types.QuoteValues> = {
  fields: {
    'ask?': 'number',
    'ask_size?': 'number',
    'bid?': 'number',
    'bid_size?': 'number',
    'ch?': 'number',
    'chp?': 'number',
    'data_kind?': 'string',
    'description?': 'string',
    'exchange?': 'string',
    'high_price?': 'number',
    'low_price?': 'number',
    'lp?': 'number',
    'market_status?': 'string',
    'open_price?': 'number',
    'original_name?': 'string',
    'prev_close_price?': 'number',
    'received_time?': 'number',
    'short_name?': 'string',
    'spread?': 'number',
    'stale?': 'boolean',
    'time?': 'number',
    'volume?': 'number',
  },
};

export const QuoteData: Shape<types.QuoteData> = { fields: { n: 'string', s: 'string', v: QuoteValues } };

export const ReplayState: Shape<types.ReplayState> = {
  fields: {
    end: 'number',
    finished: 'boolean',
    'loop?': 'boolean',
    playing: 'boolean',
    speed: 'number',
    start: 'number',
    'symbols?': { item: 'string' },
    time: 'number',
  },
};

export const SearchResult: Shape<types.SearchResult> = {
  fields: { description: 'string', exchange: 'string', symbol: 'string', ticker: 'string', type: 'string' },
};

export const TradingRules: Shape<types.TradingRules> = {
  fields: {
    currency: 'string',
    marginRate: 'number',
    pipSize: 'number',
    pointValue: 'number',
    'prints?': 'boolean',
    qty: QuantityRules,
    'reason?': 'string',
    tickSize: 'number',
    tradable: 'boolean',
  },
};

export const SymbolInfo: Shape<types.SymbolInfo> = {
  fields: {
    'adjustment?': 'string',
    'corrections?': 'string',
    currency_code: 'string',
    data_kind: 'string',
    data_status: 'string',
    'delay?': 'number',
    description: 'string',
    exchange: 'string',
    format: 'string',
    'fractional?': 'boolean',
    has_daily: 'boolean',
    has_intraday: 'boolean',
    'has_seconds?': 'boolean',
    'has_weekly_and_monthly?': 'boolean',
    listed_exchange: 'string',
    minmov: 'number',
    'minmove2?': 'number',
    name: 'string',
    pricescale: 'number',
    session: 'string',
    'session_holidays?': 'string',
    supported_resolutions: { item: 'string' },
    ticker: 'string',
    timezone: 'string',
    trading: TradingRules,
    type: 'string',
    visible_plots_set: 'string',
    volume_precision: 'number',
  },
};

export const TimescaleMark: Shape<types.TimescaleMark> = {
  fields: {
    color: 'string',
    id: 'string',
    label: 'string',
    'shape?': 'string',
    time: 'number',
    tooltip: { item: 'string' },
  },
};

export const TradeData: Shape<types.TradeData> = {
  fields: {
    price: 'number',
    'received_time?': 'number',
    'side?': 'string',
    size: 'number',
    symbol: 'string',
    time: 'number',
  },
};

export const UdfBars: Shape<types.UdfBars> = {
  fields: {
    c: { item: 'number' },
    h: { item: 'number' },
    l: { item: 'number' },
    o: { item: 'number' },
    s: 'string',
    t: { item: 'number' },
    'v?': { item: 'number' },
  },
};

export const UdfConfiguration: Shape<types.UdfConfiguration> = {
  fields: {
    exchanges: { item: NamedValue },
    supported_resolutions: { item: 'string' },
    supports_group_request: 'boolean',
    supports_marks: 'boolean',
    supports_search: 'boolean',
    supports_time: 'boolean',
    supports_timescale_marks: 'boolean',
    symbols_types: { item: NamedValue },
  },
};

export const UdfError: Shape<types.UdfError> = { fields: { errmsg: 'string', s: 'string' } };

export const UdfMarks: Shape<types.UdfMarks> = {
  fields: {
    color: { item: 'string' },
    id: { item: 'string' },
    label: { item: 'string' },
    labelFontColor: { item: 'string' },
    minSize: { item: 'number' },
    text: { item: 'string' },
    time: { item: 'number' },
  },
};

export const UdfNoData: Shape<types.UdfNoData> = { fields: { 'nextTime?': 'number', s: 'string' } };

export const UdfQuotes: Shape<types.UdfQuotes> = { fields: { d: { item: QuoteData }, s: 'string' } };

export const UdfSearchResult: Shape<types.UdfSearchResult> = {
  fields: {
    description: 'string',
    exchange: 'string',
    full_name: 'string',
    symbol: 'string',
    ticker: 'string',
    type: 'string',
  },
};

export const UdfSymbol: Shape<types.UdfSymbol> = {
  fields: {
    'corrections?': 'string',
    currency_code: 'string',
    daily_multipliers: { item: 'string' },
    data_kind: 'string',
    data_status: 'string',
    delay: 'number',
    description: 'string',
    exchange: 'string',
    format: 'string',
    fractional: 'boolean',
    full_name: 'string',
    has_daily: 'boolean',
    has_empty_bars: 'boolean',
    has_intraday: 'boolean',
    has_seconds: 'boolean',
    has_weekly_and_monthly: 'boolean',
    intraday_multipliers: { item: 'string' },
    listed_exchange: 'string',
    minmov: 'number',
    minmove2: 'number',
    monthly_multipliers: { item: 'string' },
    name: 'string',
    pricescale: 'number',
    seconds_multipliers: { item: 'string' },
    session: 'string',
    'session_holidays?': 'string',
    supported_resolutions: { item: 'string' },
    ticker: 'string',
    timezone: 'string',
    type: 'string',
    visible_plots_set: 'string',
    volume_precision: 'number',
    weekly_multipliers: { item: 'string' },
  },
};

export const UdfSymbolTable: Shape<types.UdfSymbolTable> = { fields: { symbol: { item: 'string' } } };
