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
