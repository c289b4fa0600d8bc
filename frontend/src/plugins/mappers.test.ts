import { describe, expect, it } from 'vitest';
import { OrderStatus, OrderType, ParentType, Side, StopType } from '@/trading/constants';
import * as map from './mappers';

const placed: map.PlacedOrder_Api_Backend = {
  id: 'O2',
  symbol: 'SPY',
  type: 'limit',
  side: 'sell',
  qty: 100,
  limitPrice: 169.5,
  duration: { type: 'gtc' },
  clientOrderId: 'c-1',
  status: 'working',
  filledQty: 0,
  createTime: 1,
  updateTime: 2,
  offset: 2,
};

/** As it comes from a server that is newer than the types here. */
function fromServer(value: object) {
  return JSON.parse(JSON.stringify(value));
}

describe('orders', () => {
  it('get the numbers of the interface', () => {
    expect(map.orderFromWire(placed)).toEqual({
      ...placed,
      type: OrderType.Limit,
      side: Side.Sell,
      status: OrderStatus.Working,
    });
  });

  it.each([
    ['placing', OrderStatus.Placing],
    ['inactive', OrderStatus.Inactive],
    ['working', OrderStatus.Working],
    ['filled', OrderStatus.Filled],
    ['canceled', OrderStatus.Canceled],
    ['rejected', OrderStatus.Rejected],
    ['expired', OrderStatus.Canceled],
  ] as const)('status %s is %i', (status, expected) => {
    expect(map.orderFromWire({ ...placed, status }).status).toBe(expected);
  });

  it('say why they ended', () => {
    const rejected = map.orderFromWire({ ...placed, status: 'rejected', rejectReason: 'no buying power' });
    expect(rejected.message).toEqual({ type: 'error', text: 'no buying power' });
    expect(map.orderFromWire({ ...placed, status: 'expired' }).message?.text).toBe('Expired at its end');
    expect(map.orderFromWire({ ...placed, status: 'canceled' })).not.toHaveProperty('message');
  });

  it.each([
    ['status', 'suspended', OrderStatus.Unknown],
    ['type', 'iceberg', OrderType.Unknown],
    ['side', 'sell_short', Side.Unknown],
    ['status', 'constructor', OrderStatus.Unknown],
  ])('of a newer server keep their %s "%s" as the word it is', (field, word, meaning) => {
    const order = map.orderFromWire(fromServer({ ...placed, [field]: word, later: 'field' }));
    expect(order).toMatchObject({ id: 'O2', [field]: meaning, unknown: { [field]: word } });
    expect(order).not.toHaveProperty('later');
  });

  it('are written without what is not set', () => {
    const order = { symbol: 'SPY', type: OrderType.Market, side: Side.Buy, qty: 1 } as const;
    expect(map.preOrderToWire(order)).toEqual({ symbol: 'SPY', type: 'market', side: 'buy', qty: 1 });
  });

  it.each([
    ['stop', undefined, { type: OrderType.Stop }],
    ['stop_limit', undefined, { type: OrderType.StopLimit }],
    ['trailing_stop', undefined, { type: OrderType.Stop, stopType: StopType.TrailingStop }],
    ['stop', 'guaranteed_stop', { type: OrderType.Stop, stopType: StopType.GuaranteedStop }],
  ] as const)('of type %s and kind %s are known', (type, stopType, expected) => {
    const order = map.orderFromWire({ ...placed, type, stopType, stopPrice: 160 });
    expect(order).toMatchObject({ ...expected, stopPrice: 160 });
    expect(order).not.toHaveProperty('unknown');
  });

  it('say what protects them, and what they protect', () => {
    const terms = { takeProfit: 171, stopLoss: 160, duration: { type: 'gtd', datetime: 9 } } as const;
    expect(map.orderFromWire({ ...placed, ...terms })).toMatchObject(terms);
    const bracket = map.orderFromWire({ ...placed, parentId: 'P3', parentType: 'position' });
    expect(bracket).toMatchObject({ parentId: 'P3', parentType: ParentType.Position });
  });

  it('are written with their stop, their brackets and their end', () => {
    const duration = { type: 'gtd', datetime: 9 } as const;
    const terms = { stopPrice: 170, stopLoss: 160, duration, confirmId: 'seen' } as const;
    const order = { symbol: 'SPY', type: OrderType.Stop, side: Side.Buy, qty: 1, ...terms } as const;
    expect(map.preOrderToWire(order)).toEqual({ ...order, type: 'stop', side: 'buy' });
  });

  it('of a type that the broker lacks are not sent', () => {
    const order = { symbol: 'SPY', type: OrderType.Unknown, side: Side.Buy, qty: 1 } as const;
    expect(() => map.preOrderToWire(order)).toThrow(RangeError);
  });

  it('of no side that is known are not sent', () => {
    const order = { symbol: 'SPY', type: OrderType.Market, side: Side.Unknown, qty: 1 } as const;
    expect(() => map.preOrderToWire(order)).toThrow('its side is 0');
  });
});

it('positions, executions and equity get the names of the terminal', () => {
  const position = { id: 'P3', symbol: 'SPY', qty: 5, avgPrice: 10, updateTime: 3, offset: 3 };
  expect(map.positionFromWire({ ...position, side: 'sell', realizedPL: -2 })).toEqual({
    ...position,
    side: Side.Sell,
    realizedPl: -2,
  });
  const execution = { id: 'X3', orderId: 'O2', symbol: 'SPY', qty: 5, price: 10, time: 3, commission: 0 };
  expect(map.executionFromWire({ ...execution, side: 'buy', offset: 3 })).toEqual({
    ...execution,
    side: Side.Buy,
  });
  const worth = { balance: 1, equity: 2, marginUsed: 3, marginAvailable: 4, time: 5 };
  const positions = [{ id: 'P3', unrealizedPL: 1 }];
  expect(map.equityFromWire({ ...worth, unrealizedPL: 1, realizedPL: 0, positions })).toEqual({
    ...worth,
    unrealizedPl: 1,
    realizedPl: 0,
    positions: [{ id: 'P3', unrealizedPl: 1 }],
  });
});

it('positions and executions of a newer server keep their side as the word it is', () => {
  const position = { id: 'P3', symbol: 'SPY', qty: 5, avgPrice: 10, updateTime: 3, offset: 3, realizedPL: 0 };
  const unknown = { side: Side.Unknown, unknown: { side: 'hedged' } };
  expect(map.positionFromWire(fromServer({ ...position, side: 'hedged' }))).toMatchObject(unknown);
  const execution = { id: 'X3', orderId: 'O2', symbol: 'SPY', qty: 5, price: 10, time: 3, commission: 0 };
  expect(map.executionFromWire(fromServer({ ...execution, side: 'hedged' }))).toMatchObject(unknown);
});

it('a quote is one only if the server says so', () => {
  expect(map.quoteFromWire({ s: 'ok', n: 'SPY', v: { bid: 1 } })).toEqual({
    s: 'ok',
    n: 'SPY',
    v: { bid: 1 },
  });
  expect(map.quoteFromWire(fromServer({ s: 'no_permission', n: 'SPY', v: {} })).s).toBe('error');
});

it('a kind of market data that is new is never taken for live', () => {
  const feed = { kind: 'delayed', provider: 'x', time: 1, symbols: [] };
  expect(map.feedStateFromWire(fromServer(feed)).kind).toBe('delayed');
});

it('bars without volume have none, instead of zero', () => {
  const bar = { time: 1, open: 1, high: 2, low: 0.5, close: 1.5 };
  expect(map.barFromWire(bar)).toEqual(bar);
  expect(map.barFromWire(bar)).not.toHaveProperty('volume');
  expect(map.barFromWire({ ...bar, volume: 0 }).volume).toBe(0);
  expect(map.barsFromWire({ bars: [bar], noData: false, nextTime: 9 })).toEqual({
    bars: [bar],
    meta: { noData: false, nextTime: 9 },
  });
});
