import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDelegate } from '@/terminal/host/delegate';
import { createWatchedValue } from '@/terminal/host/watchedValue';
import { ANSWER_INVALID, ApiError, NoAnswerError } from '@/trading/apiError';
import type { Equity } from '@/trading/broker';
import { ConnectionStatus, OrderStatus, OrderType, Side } from '@/trading/constants';
import type { TradingHost } from '@/trading/host';
import { BrokerTerminalService } from './brokerTerminalService';
import { aPosition, anOrder, fakeBroker } from '@/testing/fakeGateways';
import { aSymbol } from '@/testing/instruments';

function fakeHost() {
  return {
    factory: { createDelegate, createWatchedValue },
    connectionStatusUpdate: vi.fn<TradingHost['connectionStatusUpdate']>(),
    currentAccountUpdate: vi.fn<TradingHost['currentAccountUpdate']>(),
    orderUpdate: vi.fn<TradingHost['orderUpdate']>(),
    positionUpdate: vi.fn<TradingHost['positionUpdate']>(),
    executionUpdate: vi.fn<TradingHost['executionUpdate']>(),
    plUpdate: vi.fn<TradingHost['plUpdate']>(),
    equityUpdate: vi.fn<TradingHost['equityUpdate']>(),
    showNotification: vi.fn<TradingHost['showNotification']>(),
    defaultContextMenuActions: () => Promise.resolve([]),
  } satisfies TradingHost;
}

const noAnswer = () => new NoAnswerError('connection refused');
const order = { symbol: 'SPY', type: OrderType.Limit, side: Side.Buy, qty: 10, limitPrice: 169 } as const;
const equity: Equity = {
  balance: 100_000,
  equity: 100_020,
  unrealizedPl: 20,
  realizedPl: 0,
  marginUsed: 1_690,
  marginAvailable: 98_330,
  positions: [{ id: 'P5', unrealizedPl: 20 }],
  time: 1,
};

let broker: ReturnType<typeof fakeBroker>;
let host: ReturnType<typeof fakeHost>;
let waits: number[];
let service: BrokerTerminalService;

beforeEach(() => {
  broker = fakeBroker();
  host = fakeHost();
  waits = [];
  service = new BrokerTerminalService(broker.gateway, host, {
    resolveSymbol: () => Promise.resolve(aSymbol()),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  service.connect();
});

describe('the state of the account', () => {
  it('is there once the streams have told it', async () => {
    const orders = service.orders();
    broker.streams.orders.snapshot(anOrder());
    broker.streams.positions.snapshot(aPosition());
    expect(await orders).toEqual([anOrder()]);
    expect(await service.positions()).toEqual([aPosition()]);
    expect(host.currentAccountUpdate).toHaveBeenCalledTimes(2);
  });

  it('follows every change and pushes it to the host, each once', async () => {
    broker.streams.orders.snapshot(anOrder());
    const filled = anOrder({ status: OrderStatus.Filled, filledQty: 10, offset: 4 });
    broker.streams.orders.update(filled);
    broker.streams.orders.update(filled);
    broker.streams.orders.update(anOrder({ offset: 3 }));
    expect(host.orderUpdate).toHaveBeenCalledExactlyOnceWith(filled);
    expect(await service.orders()).toEqual([filled]);
  });

  it('drops a position when its quantity is 0, after telling the host', async () => {
    broker.streams.positions.snapshot(aPosition());
    const closed = aPosition({ qty: 0, offset: 9 });
    broker.streams.positions.update(closed);
    expect(host.positionUpdate).toHaveBeenCalledExactlyOnceWith(closed);
    expect(await service.positions()).toEqual([]);
  });

  it('keeps the executions of one symbol apart', async () => {
    const execution = {
      id: 'X3',
      orderId: 'O2',
      symbol: 'SPY',
      side: Side.Buy,
      qty: 1,
      price: 1,
      time: 1,
      commission: 0,
    };
    broker.streams.executions.snapshot(execution);
    broker.streams.executions.update({ ...execution, id: 'X4', symbol: 'IBM' });
    expect(host.executionUpdate).toHaveBeenCalledOnce();
    expect((await service.executions('IBM')).map(({ id }) => id)).toEqual(['X4']);
    expect(await service.executions('')).toHaveLength(2);
  });

  it('is replaced by a later snapshot', async () => {
    broker.streams.orders.snapshot(anOrder(), anOrder({ id: 'O3' }));
    broker.streams.orders.snapshot(anOrder({ id: 'O9' }));
    expect((await service.orders()).map(({ id }) => id)).toEqual(['O9']);
  });

  it('tells equity, the profit of each position and the summary', () => {
    service.subscribeEquity();
    service.subscribeEquity();
    expect(broker.streams.equity.listeners.size).toBe(1);
    broker.streams.equity.snapshot(equity);
    expect(host.equityUpdate).toHaveBeenCalledExactlyOnceWith(100_020);
    expect(host.plUpdate).toHaveBeenCalledExactlyOnceWith('P5', 20);
    const { summary } = service.accountManagerInfo();
    const shown = Object.fromEntries(summary.map(({ text, wValue }) => [text, wValue.value()]));
    expect(shown).toMatchObject({ Equity: 100_020, 'Open P/L': 20, 'Margin available': 98_330 });
    service.unsubscribeEquity();
    expect(broker.streams.equity.listeners.size).toBe(0);
  });

  it('knows the state of its connection', () => {
    broker.connection.become({ kind: 'reconnecting', since: 1, attempt: 1 });
    expect(service.connectionStatus()).toBe(ConnectionStatus.Connecting);
    broker.connection.become({ kind: 'closed', code: 4503, reason: 'not allowed' });
    expect(host.connectionStatusUpdate).toHaveBeenLastCalledWith(ConnectionStatus.Error, {
      message: 'not allowed (4503)',
    });
  });

  it('tells of every stream that is refused', () => {
    service.subscribeEquity();
    for (const stream of Object.values(broker.streams)) stream.refuse('account-unknown', 'No account DEMO.');
    expect(host.showNotification).toHaveBeenCalledTimes(4);
    expect(host.showNotification).toHaveBeenLastCalledWith(
      'Account not available',
      'No account DEMO. (account-unknown)',
    );
  });

  it('leaves no listener behind', () => {
    service.subscribeEquity();
    service.disconnect();
    expect(Object.values(broker.streams).map(({ listeners }) => listeners.size)).toEqual([0, 0, 0, 0]);
  });
});

describe('instruments', () => {
  it('have the value of a pip in money', async () => {
    expect(await service.symbolInfo('SPY')).toMatchObject({
      pipValue: 0.5,
      minTick: 0.01,
      bigPointValue: 50,
    });
  });

  it('say why they cannot be traded', async () => {
    const index = aSymbol({ trading: { tradable: false, reason: 'An index.' } });
    const of = new BrokerTerminalService(broker.gateway, host, {
      resolveSymbol: () => Promise.resolve(index),
    });
    expect(await of.isTradable('INDX')).toEqual({ tradable: false, reason: 'An index.' });
  });
});

describe('placing an order', () => {
  it('names it, pushes what the broker answered, and does so once', async () => {
    const placed = anOrder({ id: 'O7', offset: 7 });
    broker.gateway.placeOrder.mockResolvedValue(placed);
    expect(await service.placeOrder(order)).toEqual({ orderId: 'O7' });
    broker.streams.orders.update(placed);
    expect(host.orderUpdate).toHaveBeenCalledExactlyOnceWith(placed);
    expect(broker.gateway.placeOrder.mock.lastCall?.[1].clientOrderId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('passes a refusal on as it is, without any further question', async () => {
    const refusal = new ApiError('price-tick', 'Not on the tick.', 422);
    broker.gateway.placeOrder.mockRejectedValue(refusal);
    await expect(service.placeOrder(order)).rejects.toBe(refusal);
    expect(broker.gateway.orders).not.toHaveBeenCalled();
    expect(host.orderUpdate).not.toHaveBeenCalled();
  });

  it('settles the order by its name if no answer came', async () => {
    const placed = anOrder({ clientOrderId: 'c-1', status: OrderStatus.Filled });
    broker.gateway.placeOrder.mockRejectedValue(noAnswer());
    broker.gateway.orders.mockRejectedValueOnce(noAnswer()).mockResolvedValue([]);
    broker.gateway.ordersHistory.mockResolvedValueOnce([anOrder()]).mockResolvedValue([placed]);
    const unresolved: (readonly string[])[] = [];
    service.unresolved.subscribe((names) => unresolved.push(names));
    expect(await service.placeOrder({ ...order, clientOrderId: 'c-1' })).toEqual({ orderId: 'O2' });
    expect(unresolved).toEqual([['c-1'], []]);
    expect(host.showNotification.mock.lastCall?.[0]).toBe('Unresolved, checking');
    expect(host.orderUpdate).toHaveBeenCalledExactlyOnceWith(placed);
    expect(waits).toEqual([500, 1_000, 1_000]);
    expect(broker.gateway.placeOrder).toHaveBeenCalledOnce();
  });

  it('asks nothing where the stream has told of the order already', async () => {
    broker.gateway.placeOrder.mockImplementation(() => {
      broker.streams.orders.update(anOrder({ id: 'O7', clientOrderId: 'c-1' }));
      return Promise.reject(noAnswer());
    });
    expect(await service.placeOrder({ ...order, clientOrderId: 'c-1' })).toEqual({ orderId: 'O7' });
    expect(host.showNotification).not.toHaveBeenCalled();
    expect(host.orderUpdate).toHaveBeenCalledOnce();
  });

  it('ends its search when the stream tells of the order', async () => {
    broker.gateway.placeOrder.mockRejectedValue(noAnswer());
    broker.gateway.orders.mockImplementation(() => {
      broker.streams.orders.update(anOrder({ id: 'O7', clientOrderId: 'c-1' }));
      return Promise.reject(noAnswer());
    });
    expect(await service.placeOrder({ ...order, clientOrderId: 'c-1' })).toEqual({ orderId: 'O7' });
    expect(broker.gateway.orders).toHaveBeenCalledOnce();
  });

  it('says that nothing was placed only after the server has said so three times', async () => {
    broker.gateway.placeOrder.mockRejectedValue(noAnswer());
    broker.gateway.orders
      .mockResolvedValueOnce([])
      .mockRejectedValueOnce(noAnswer())
      .mockRejectedValueOnce(new ApiError('storage-unavailable', 'Busy.', 503, { retryable: true }))
      .mockRejectedValueOnce(new ApiError(ANSWER_INVALID, 'A page of a hotel.', 200))
      .mockResolvedValue([]);
    broker.gateway.ordersHistory.mockResolvedValue([]);
    await expect(service.placeOrder(order)).rejects.toMatchObject({ code: 'order-not-received' });
    expect(broker.gateway.orders).toHaveBeenCalledTimes(6);
    expect(service.unresolved.value()).toEqual([]);
  });

  it('stops checking if the server refuses to tell', async () => {
    broker.gateway.placeOrder.mockRejectedValue(noAnswer());
    broker.gateway.orders.mockRejectedValue(new ApiError('account-unknown', 'No account.', 404));
    await expect(service.placeOrder(order)).rejects.toMatchObject({ code: 'account-unknown' });
    expect(service.unresolved.value()).toEqual([]);
  });
});

describe('canceling an order', () => {
  it('pushes the canceled order', async () => {
    const canceled = anOrder({ status: OrderStatus.Canceled, offset: 8 });
    broker.gateway.cancelOrder.mockResolvedValue(canceled);
    await service.cancelOrder('O2');
    expect(host.orderUpdate).toHaveBeenCalledExactlyOnceWith(canceled);
  });

  it.each([
    [OrderStatus.Canceled, undefined],
    [OrderStatus.Filled, 'Order O2 was not canceled: it is already final.'],
    [OrderStatus.Working, 'Order O2 was not canceled: the request did not reach the server.'],
    [OrderStatus.Unknown, 'Order O2 was not canceled: it is suspended.'],
  ])('without an answer ends by what became of it: status %i', async (status, refusal) => {
    broker.gateway.cancelOrder.mockRejectedValue(noAnswer());
    broker.gateway.order
      .mockRejectedValueOnce(noAnswer())
      .mockResolvedValue(anOrder({ status, offset: 8, unknown: { status: 'suspended' } }));
    const outcome = service.cancelOrder('O2').then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(await outcome).toBe(refusal);
    expect(service.unresolved.value()).toEqual([]);
  });
});

describe('closing a position', () => {
  beforeEach(() => broker.streams.positions.snapshot(aPosition({ side: Side.Sell, qty: 7 })));

  it('is refused where only a newer server knows the side', async () => {
    broker.streams.positions.snapshot(aPosition({ side: Side.Unknown, unknown: { side: 'hedged' } }));
    await expect(service.closePosition('P5')).rejects.toMatchObject({ code: 'position-unreadable' });
    expect(broker.gateway.placeOrder).not.toHaveBeenCalled();
  });

  it.each([
    [undefined, 7],
    [3, 3],
  ])('of %o places the opposite market order', async (amount, qty) => {
    broker.gateway.placeOrder.mockResolvedValue(anOrder());
    await service.closePosition('P5', amount);
    expect(broker.gateway.placeOrder).toHaveBeenCalledExactlyOnceWith(
      'DEMO',
      expect.objectContaining({ symbol: 'SPY', type: OrderType.Market, side: Side.Buy, qty, isClose: true }),
    );
  });

  it('is refused while an order that closes it is on its way', async () => {
    const { gateway, streams } = broker;
    gateway.placeOrder.mockResolvedValue(anOrder({ id: 'O7', offset: 7 }));
    const first = service.closePosition('P5', 3);
    await expect(service.closePosition('P5')).rejects.toMatchObject({ code: 'position-closing' });
    await first;
    await expect(service.closePosition('P5')).rejects.toMatchObject({ code: 'position-closing' });

    const filled = { id: 'O7', status: OrderStatus.Filled, filledQty: 3, offset: 9 };
    streams.orders.update(anOrder(filled));
    await expect(service.closePosition('P5')).rejects.toMatchObject({ code: 'position-closing' });
    streams.positions.update(aPosition({ side: Side.Sell, qty: 4, offset: 11 }));
    await service.closePosition('P5');
    expect(gateway.placeOrder.mock.calls.map(([, { qty }]) => qty)).toEqual([3, 4]);
  });

  it('can be tried again after a refusal', async () => {
    const refusal = new ApiError('market-closed', 'Closed.', 422);
    broker.gateway.placeOrder.mockRejectedValueOnce(refusal).mockResolvedValue(anOrder());
    await expect(service.closePosition('P5')).rejects.toBe(refusal);
    await service.closePosition('P5');
    expect(broker.gateway.placeOrder).toHaveBeenCalledTimes(2);
  });

  it('can be tried again after the order that was to close it is canceled', async () => {
    broker.gateway.placeOrder.mockResolvedValue(anOrder({ status: OrderStatus.Canceled, offset: 7 }));
    await service.closePosition('P5');
    await service.closePosition('P5');
    expect(broker.gateway.placeOrder).toHaveBeenCalledTimes(2);
  });

  it('does not wait for an order that the server lists no longer', async () => {
    broker.gateway.placeOrder.mockResolvedValue(anOrder({ id: 'O7', offset: 7 }));
    await service.closePosition('P5', 3);
    broker.streams.orders.snapshot();
    await service.closePosition('P5');
    expect(broker.gateway.placeOrder).toHaveBeenCalledTimes(2);
  });

  it('that is not there is refused', async () => {
    await expect(service.closePosition('P9')).rejects.toMatchObject({ code: 'position-unknown' });
    expect(broker.gateway.placeOrder).not.toHaveBeenCalled();
  });
});
