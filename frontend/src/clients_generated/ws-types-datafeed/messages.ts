// Made from the AsyncAPI file of the module "datafeed" by "npm run generate"; never edited.

/** What a tick tells of. */
export type TickKind = 'quote' | 'trade' | 'depth' | 'clock';

/** Open, high, low, close of one period; `time` is its start (daily: 00:00 UTC of the trading day). */
export interface Bar {
  close: number;
  high: number;
  low: number;
  open: number;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
  /** Absent where the feed reports none. */
  volume?: number;
}

/** Live bars of one symbol at one resolution. */
export interface BarsSubscriptionRequest {
  /** Default: that of the symbol. */
  adjustment?: 'raw' | 'split' | 'total';
  /** Length of a bar: `15S` seconds, `5` minutes, `1D` days, `1W` weeks, `3M` months. */
  resolution: string;
  symbol: string;
}

/** One price level of the book. */
export interface DepthLevel {
  price: number;
  volume: number;
}

/** The live book of one symbol. */
export interface DepthSubscriptionRequest {
  /** So many of each side; default: all. */
  levels?: number;
  symbol: string;
}

/**
 * The book of one symbol (`snapshot`), or the levels that have changed since the update before.
 *
 * Both sides ascend by price; in a change a volume of 0 removes the level. `checksum` is that of the book
 * after the change, over the best 25 levels of each side.
 */
export interface DepthUpdate {
  asks: DepthLevel[];
  bids: DepthLevel[];
  /** CRC-32 of the UTF-8 text `price:volume|price:volume|...` of the best 25 bids from the best down and then the best 25 asks from the best up, numbers written as in plain decimals. */
  checksum: number;
  /** Number of the change; the next one's `prev`. */
  offset: number;
  snapshot: boolean;
  symbol: string;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
}

/** A message of the client could not be understood; the connection stays open. */
export interface ErrorMessage {
  code: string;
  message: string;
  requestType?: string;
}

/** State of the market data as a whole. */
export interface FeedStatus {
  /** Version of the exchange calendars. */
  calendars?: string;
  kind: 'simulated' | 'replayed' | 'live' | 'delayed' | 'end-of-day';
  /** Why no more data comes; absent while it does. */
  problem?: string;
  provider: string;
  /** In the stream, of those that are followed: of more than 1000, the silent ones first. */
  symbols: SymbolStatus[];
  /** The market's time: that of every bar, quote, order and journal entry. */
  time: number;
  /** Version of the time zone data. */
  timeZones?: string;
  /** So many more are followed. */
  untold?: number;
}

/** State of one symbol's feed. */
export interface SymbolStatus {
  /** Milliseconds since 1970-01-01 UTC. */
  lastEventTime?: number;
  /** Milliseconds since 1970-01-01 UTC. */
  lastReceiptTime?: number;
  /** Why no data comes; absent while it does. */
  problem?: string;
  /** Silence after which it counts as stale. */
  staleAfterMs?: number;
  /** `waiting`: nothing has come yet, or the recording starts later than the market's time; `stale`: open, but silent for longer than its limit; `closed`: its exchange is; `failed`: see `problem`; `idle`: nobody wants it now, so that it is not followed. */
  status:
    | 'simulated'
    | 'replayed'
    | 'live'
    | 'delayed'
    | 'end-of-day'
    | 'stale'
    | 'closed'
    | 'waiting'
    | 'failed'
    | 'idle';
  symbol: string;
}

/** The state of the feed, whenever it changes. */
export interface FeedStatusSubscriptionRequest {}

/**
 * A quote (`symbol`, `bid`, `ask`, sizes where known), a trade (`symbol`, `price`, `size`), a book's
 * best levels (`symbol`, `bids`, `asks`; none while it is not known), or the clock.
 *
 * A client leaves out what it does not know the kind of.
 */
export interface MarketTick {
  ask?: number;
  askSize?: number;
  /** Of a book: prices with their sizes, best first. */
  asks?: number[][];
  bid?: number;
  bidSize?: number;
  /** Of a book: prices with their sizes, best first. */
  bids?: number[][];
  /** True if the clock was set to another moment, before or after the last. */
  jumped?: boolean;
  kind: TickKind;
  /** Of a trade. */
  price?: number;
  /** Of a trade. */
  size?: number;
  symbol?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
}

/** The server's heartbeat, with the last offset of each of this connection's journal topics. */
export interface Ping {
  offsets: {
    [k: string]: number;
  };
  /** Milliseconds since 1970-01-01 UTC. */
  serverTime: number;
}

/** The quote of one symbol; `n` is exactly the name that was asked for. */
export interface QuoteData {
  n: string;
  s: 'ok' | 'error';
  v: QuoteValues;
}

/** Prices of one symbol; a field the feed does not know is absent. */
export interface QuoteValues {
  ask?: number;
  ask_size?: number;
  bid?: number;
  bid_size?: number;
  /** Change since the previous close. */
  ch?: number;
  /** The same in percent. */
  chp?: number;
  data_kind?: 'simulated' | 'replayed' | 'live' | 'delayed' | 'end-of-day';
  description?: string;
  exchange?: string;
  high_price?: number;
  low_price?: number;
  /** Last price. */
  lp?: number;
  market_status?: 'open' | 'closed';
  open_price?: number;
  original_name?: string;
  prev_close_price?: number;
  /** When it came in, where that is another time than `time`. */
  received_time?: number;
  short_name?: string;
  spread?: number;
  /** True while nothing has come for longer than the symbol's limit. */
  stale?: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  time?: number;
  volume?: number;
}

/** Live quotes of one symbol. */
export interface QuotesSubscriptionRequest {
  symbol: string;
}

/** Where a client's knowledge of a journal topic ends. */
export interface Recover {
  epoch: string;
  offset: number;
}

/** What is about to happen to this connection. */
export interface ServerNotice {
  code: 'draining' | 'end-of-life' | 'token-expiring';
  message: string;
  retryAfterMs?: number;
}

/**
 * Every tick of some symbols, or of all that orders can be for; the market's clock comes with either.
 *
 * The snapshot has the newest thousand quotes and trades and the newest hundred books.
 */
export interface TicksSubscriptionRequest {
  /** Whether the best levels of books come too, of symbols that have one. */
  depth?: boolean;
  /**
   * Names, tickers or EXCHANGE:NAME; default: all that can be traded, and forex.
   *
   * @minItems 1
   * @maxItems 1000
   */
  symbols?: string[];
}

/** One trade as time and sales show it. */
export interface TradeData {
  price: number;
  /** When it came in, where that is another time than `time`. */
  received_time?: number;
  /** Who took what was offered, where the feed says so. */
  side?: 'buy' | 'sell';
  size: number;
  symbol: string;
  /** Milliseconds since 1970-01-01 UTC. */
  time: number;
}

/** Live trades of one symbol. */
export interface TradesSubscriptionRequest {
  symbol: string;
}

export interface BarsSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    /** At most so many updates a second; for topics of newest values. */
    maxRateHz?: number;
  };
  payload: BarsSubscriptionRequest;
  type: 'bars.subscribe';
}

export interface BarsSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: Bar[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'bars.subscribe.response';
}

export interface BarsUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: BarsSubscriptionRequest;
  type: 'bars.unsubscribe';
}

export interface BarsUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'bars.unsubscribe.response';
}

export interface BarsUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: Bar;
    topic: string;
  };
  type: 'bars.update';
}

export interface ClientPingFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'ping';
}

export interface ClientPongFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'pong';
}

export interface DepthSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: DepthSubscriptionRequest;
  type: 'depth.subscribe';
}

export interface DepthSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: DepthUpdate[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'depth.subscribe.response';
}

export interface DepthUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: DepthSubscriptionRequest;
  type: 'depth.unsubscribe';
}

export interface DepthUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'depth.unsubscribe.response';
}

export interface DepthUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: DepthUpdate;
    topic: string;
  };
  type: 'depth.update';
}

export interface ErrorFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: ErrorMessage;
  type: 'error';
}

export interface FeedStatusSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    /** At most so many updates a second; for topics of newest values. */
    maxRateHz?: number;
  };
  payload: FeedStatusSubscriptionRequest;
  type: 'feed-status.subscribe';
}

export interface FeedStatusSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: FeedStatus[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'feed-status.subscribe.response';
}

export interface FeedStatusUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: FeedStatusSubscriptionRequest;
  type: 'feed-status.unsubscribe';
}

export interface FeedStatusUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'feed-status.unsubscribe.response';
}

export interface FeedStatusUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: FeedStatus;
    topic: string;
  };
  type: 'feed-status.update';
}

export interface PingFrame {
  payload: Ping;
  type: 'ping';
}

export interface PongFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Anything; it comes back in the pong. */
  payload: unknown;
  type: 'pong';
}

export interface QuotesSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** How to deliver; never part of a topic. */
  options?: {
    /** At most so many updates a second; for topics of newest values. */
    maxRateHz?: number;
  };
  payload: QuotesSubscriptionRequest;
  type: 'quotes.subscribe';
}

export interface QuotesSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: QuoteData[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'quotes.subscribe.response';
}

export interface QuotesUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: QuotesSubscriptionRequest;
  type: 'quotes.unsubscribe';
}

export interface QuotesUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'quotes.unsubscribe.response';
}

export interface QuotesUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: QuoteData;
    topic: string;
  };
  type: 'quotes.update';
}

export interface ServerNoticeFrame {
  payload: ServerNotice;
  type: 'server.notice';
}

export interface TicksSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: TicksSubscriptionRequest;
  type: 'ticks.subscribe';
}

export interface TicksSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: MarketTick[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'ticks.subscribe.response';
}

export interface TicksUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: TicksSubscriptionRequest;
  type: 'ticks.unsubscribe';
}

export interface TicksUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'ticks.unsubscribe.response';
}

export interface TicksUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: MarketTick;
    topic: string;
  };
  type: 'ticks.update';
}

export interface TradesSubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: TradesSubscriptionRequest;
  type: 'trades.subscribe';
}

export interface TradesSubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    epoch?: string;
    message: string;
    /** The topic's last update; the next one's `prev`. */
    offset?: number;
    recovered?: boolean;
    snapshot?: TradeData[];
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'trades.subscribe.response';
}

export interface TradesUnsubscribeFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  payload: TradesSubscriptionRequest;
  type: 'trades.unsubscribe';
}

export interface TradesUnsubscribeResponseFrame {
  /** Chosen by the client and echoed in the reply. */
  id?: string | number;
  /** Answer to a subscribe message; `snapshot` is the state at `offset`. */
  payload: {
    code?: string;
    message: string;
    status: 'ok' | 'error';
    topic: string;
  };
  type: 'trades.unsubscribe.response';
}

export interface TradesUpdateFrame {
  /** One update of a topic. */
  payload: {
    payload: TradeData;
    topic: string;
  };
  type: 'trades.update';
}
