/** Gateways for tests: each answers what the test sets, and keeps its listeners at hand. */
import { vi } from 'vitest';
import type { Order, Position } from '@/trading/broker';
import type { FeedState } from '@/trading/datafeed';
import { OrderStatus, OrderType, Side } from '@/trading/constants';
import type { BrokerGateway, DatafeedGateway, StreamListener, StreamState } from '@/trading/gateways';

export class FakeStream<T> {
  readonly listeners = new Set<StreamListener<T>>();
  /** How often the last listener has gone: each time the server is told to stop. */
  stopped = 0;

  subscribe = (listener: StreamListener<T>): (() => void) => {
    this.listeners.add(listener);
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.stopped += 1;
    };
  };

  snapshot(...items: T[]): void {
    for (const listener of this.listeners) listener.snapshot(items);
  }

  update(item: T): void {
    for (const listener of this.listeners) listener.update(item);
  }

  refuse(code: string, message: string): void {
    for (const listener of this.listeners) listener.refused?.(code, message);
  }
}

export class FakeConnection {
  current: StreamState = { kind: 'live' };
  private callback: (state: StreamState) => void = () => undefined;

  state = (): StreamState => this.current;

  onState = (callback: (state: StreamState) => void): (() => void) => {
    this.callback = callback;
    return () => undefined;
  };

  become(state: StreamState): void {
    this.current = state;
    this.callback(state);
  }
}

/** A method that no test has given an answer. */
function unasked<Args extends unknown[], T>(name: string) {
  return vi.fn<(...args: Args) => Promise<T>>(() => Promise.reject(new Error(`${name} was not expected`)));
}

type Method<K extends keyof BrokerGateway> = BrokerGateway[K] extends (...args: infer A) => Promise<infer T>
  ? ReturnType<typeof unasked<A, T>>
  : never;
type FeedMethod<K extends keyof DatafeedGateway> = DatafeedGateway[K] extends (
  ...args: infer A
) => Promise<infer T>
  ? ReturnType<typeof unasked<A, T>>
  : never;

export function fakeBroker() {
  const streams = {
    orders: new FakeStream<Order>(),
    positions: new FakeStream<Position>(),
    executions: new FakeStream<Parameters<Parameters<BrokerGateway['streamExecutions']>[1]['update']>[0]>(),
    equity: new FakeStream<Parameters<Parameters<BrokerGateway['streamEquity']>[1]['update']>[0]>(),
  };
  const connection = new FakeConnection();
  const gateway = {
    connection,
    accounts: unasked('accounts') as Method<'accounts'>,
    orders: unasked('orders') as Method<'orders'>,
    order: unasked('order') as Method<'order'>,
    ordersHistory: unasked('ordersHistory') as Method<'ordersHistory'>,
    placeOrder: unasked('placeOrder') as Method<'placeOrder'>,
    previewOrder: unasked('previewOrder') as Method<'previewOrder'>,
    cancelOrder: unasked('cancelOrder') as Method<'cancelOrder'>,
    streamOrders: (_: string, listener: StreamListener<Order>) => streams.orders.subscribe(listener),
    streamPositions: (_: string, listener: StreamListener<Position>) => streams.positions.subscribe(listener),
    streamExecutions: (_, listener) => streams.executions.subscribe(listener),
    streamEquity: (_, listener) => streams.equity.subscribe(listener),
  } satisfies BrokerGateway;
  return { gateway, streams, connection };
}

export function fakeDatafeed() {
  const bars = new FakeStream<Parameters<Parameters<DatafeedGateway['streamBars']>[2]['update']>[0]>();
  const states = new FakeStream<FeedState>();
  const quotes = new Map<
    string,
    FakeStream<Parameters<Parameters<DatafeedGateway['streamQuotes']>[1]['update']>[0]>
  >();
  const gateway = {
    connection: new FakeConnection(),
    configuration: unasked('configuration') as FeedMethod<'configuration'>,
    search: unasked('search') as FeedMethod<'search'>,
    resolve: unasked('resolve') as FeedMethod<'resolve'>,
    bars: unasked('bars') as FeedMethod<'bars'>,
    quotes: unasked('quotes') as FeedMethod<'quotes'>,
    time: unasked('time') as FeedMethod<'time'>,
    state: unasked('state') as FeedMethod<'state'>,
    replay: unasked('replay') as FeedMethod<'replay'>,
    changeReplay: unasked('changeReplay') as FeedMethod<'changeReplay'>,
    streamBars: (_symbol, _resolution, listener) => bars.subscribe(listener),
    streamState: (listener) => states.subscribe(listener),
    streamQuotes(symbol, listener) {
      const stream = quotes.get(symbol) ?? new FakeStream();
      quotes.set(symbol, stream);
      return stream.subscribe(listener);
    },
  } satisfies DatafeedGateway;
  return { gateway, bars, quotes, states };
}

export function anOrder(changes: Partial<Order> = {}): Order {
  return {
    id: 'O2',
    symbol: 'SPY',
    type: OrderType.Limit,
    side: Side.Buy,
    qty: 10,
    limitPrice: 169,
    status: OrderStatus.Working,
    filledQty: 0,
    createTime: 1_000,
    updateTime: 1_000,
    duration: { type: 'gtc' },
    offset: 2,
    ...changes,
  };
}

export function aPosition(changes: Partial<Position> = {}): Position {
  const held = { id: 'P5', symbol: 'SPY', qty: 10, side: Side.Buy, avgPrice: 169, realizedPl: 0 };
  return { ...held, updateTime: 1_000, offset: 5, ...changes };
}
