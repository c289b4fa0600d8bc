// Made from the AsyncAPI file of the module "datafeed" by "npm run generate"; never edited.

import type * as types from './messages';

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

export const DepthLevel: Shape<types.DepthLevel> = { fields: { price: 'number', volume: 'number' } };

export const DepthUpdate: Shape<types.DepthUpdate> = {
  fields: {
    asks: { item: DepthLevel },
    bids: { item: DepthLevel },
    checksum: 'number',
    offset: 'number',
    snapshot: 'boolean',
    symbol: 'string',
    time: 'number',
  },
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

export const MarketTick: Shape<types.MarketTick> = {
  fields: {
    'ask?': 'number',
    'askSize?': 'number',
    'asks?': { item: { item: 'number' } },
    'bid?': 'number',
    'bidSize?': 'number',
    'bids?': { item: { item: 'number' } },
    'jumped?': 'boolean',
    kind: 'string',
    'price?': 'number',
    'size?': 'number',
    'symbol?': 'string',
    time: 'number',
  },
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
