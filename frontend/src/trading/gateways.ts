/** What the services need of a backend, in the terminal's own types; plugins/ implement it over HTTP and WebSocket. */
import type {
  AccountMetainfo,
  Equity,
  Execution,
  Order,
  OrderPreviewResult,
  Position,
  PreOrder,
} from './broker';
import type {
  Adjustment,
  Bar,
  DatafeedConfiguration,
  FeedState,
  HistoryMetadata,
  LibrarySymbolInfo,
  QuoteData,
  ReplayChange,
  ReplayState,
  SearchSymbolResultItem,
} from './datafeed';

/** `snapshot` replaces everything known; `update` changes one thing. */
export interface StreamListener<T> {
  snapshot(items: T[]): void;
  update(item: T): void;
  refused?(code: string, message: string): void;
}

export type Unsubscribe = () => void;

/** State of one socket; times are milliseconds of this machine's clock. */
export type StreamState =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; since: number; lastHeard?: number; attempt: number }
  | { kind: 'closed'; code: number; reason: string };

export interface StreamConnection {
  state(): StreamState;
  onState(callback: (state: StreamState) => void): Unsubscribe;
}

export interface BarsRequest {
  symbol: string;
  resolution: string;
  from: number;
  to: number;
  countBack: number;
  adjustment?: Adjustment;
}

export interface DatafeedGateway {
  readonly connection: StreamConnection;
  configuration(): Promise<DatafeedConfiguration>;
  search(userInput: string, exchange: string, symbolType: string): Promise<SearchSymbolResultItem[]>;
  resolve(symbol: string): Promise<LibrarySymbolInfo>;
  bars(request: BarsRequest): Promise<{ bars: Bar[]; meta: HistoryMetadata }>;
  quotes(symbols: string[]): Promise<QuoteData[]>;
  time(): Promise<number>;
  state(): Promise<FeedState>;
  replay(): Promise<ReplayState>;
  changeReplay(change: ReplayChange): Promise<ReplayState>;
  streamBars(
    symbol: string,
    resolution: string,
    listener: StreamListener<Bar>,
    adjustment?: Adjustment,
  ): Unsubscribe;
  streamQuotes(symbol: string, listener: StreamListener<QuoteData>): Unsubscribe;
  /** Of the symbols that are followed, whenever the state of one changes. */
  streamState(listener: StreamListener<FeedState>): Unsubscribe;
}

export interface BrokerGateway {
  readonly connection: StreamConnection;
  accounts(): Promise<AccountMetainfo[]>;
  orders(accountId: string): Promise<Order[]>;
  order(accountId: string, orderId: string): Promise<Order>;
  ordersHistory(accountId: string): Promise<Order[]>;
  placeOrder(accountId: string, order: PreOrder): Promise<Order>;
  previewOrder(accountId: string, order: PreOrder): Promise<OrderPreviewResult>;
  cancelOrder(accountId: string, orderId: string): Promise<Order>;
  streamOrders(accountId: string, listener: StreamListener<Order>): Unsubscribe;
  streamPositions(accountId: string, listener: StreamListener<Position>): Unsubscribe;
  streamExecutions(accountId: string, listener: StreamListener<Execution>): Unsubscribe;
  streamEquity(accountId: string, listener: StreamListener<Equity>): Unsubscribe;
}

/** What runs on the server. */
export interface ServerInventory {
  health: { status: string; version: string; uptimeMs: number; time: number };
  versions: { version: string; status: string; released: string }[];
  modules: {
    name: string;
    description: string;
    url: string;
    docsUrl: string;
    wsUrl?: string;
    streamsDocsUrl?: string;
  }[];
}

export interface CoreGateway {
  inventory(): Promise<ServerInventory>;
}
