import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aPosition, anOrder } from '@/testing/fakeGateways';
import { useAccount } from '@/stores/account';
import type { BrokerApi, Order } from '@/trading/broker';
import {
  ConnectionStatus,
  NotificationType,
  OrderStatus,
  OrderType,
  Side,
  StopType,
} from '@/trading/constants';
import { noticeOf } from './orderNotice';
import { createTradingHost } from './tradingHost';

const format = {
  price: (_: string, value: number) => value.toFixed(2),
  quantity: (_: string, value: number) => String(value),
};

describe('noticeOf', () => {
  const working = anOrder();
  const notice = (before: Order | undefined, changes: Partial<Order>) => {
    const told = noticeOf(before, anOrder({ offset: 9, ...changes }), format);
    return told && `${told.tone}: ${told.title}: ${told.text}`;
  };

  it.each<[string, Order | undefined, Partial<Order>, string | undefined]>([
    ['a new limit order', undefined, {}, 'success: Order working: Buy 10 SPY limit 169.00'],
    [
      'a stop',
      undefined,
      { type: OrderType.Stop, limitPrice: undefined, stopPrice: 170 },
      'success: Order working: Buy 10 SPY stop 170.00',
    ],
    [
      'a stop that trails',
      undefined,
      { type: OrderType.Stop, stopType: StopType.TrailingStop, limitPrice: undefined, stopPrice: 170 },
      'success: Order working: Buy 10 SPY trailing stop 170.00',
    ],
    [
      'a stop-limit order',
      undefined,
      { type: OrderType.StopLimit, stopPrice: 170, limitPrice: 171 },
      'success: Order working: Buy 10 SPY stop limit 170.00, 171.00',
    ],
    ['a market order on its way', undefined, { type: OrderType.Market, limitPrice: undefined }, undefined],
    ['the same state again', working, {}, undefined],
    [
      'a part of it',
      working,
      { filledQty: 4, avgPrice: 168.5 },
      'success: Order partly filled: Buy 4 of 10 SPY at 168.50',
    ],
    [
      'all of it',
      working,
      { status: OrderStatus.Filled, filledQty: 10, avgPrice: 168.5 },
      'success: Order filled: Buy 10 SPY at 168.50',
    ],
    [
      'a market order filled at once',
      undefined,
      { type: OrderType.Market, side: Side.Sell, status: OrderStatus.Filled, filledQty: 10, avgPrice: 168 },
      'success: Order filled: Sell 10 SPY at 168.00',
    ],
    [
      'a rejection',
      working,
      { status: OrderStatus.Rejected, message: { type: 'error', text: 'no buying power' } },
      'error: Order rejected: Buy 10 SPY limit 169.00: no buying power',
    ],
    [
      'a cancellation',
      working,
      { status: OrderStatus.Canceled },
      'success: Order canceled: Buy 10 SPY limit 169.00',
    ],
    [
      'an expiry',
      working,
      { status: OrderStatus.Canceled, message: { type: 'information', text: 'Expired with its session' } },
      'success: Expired with its session: Buy 10 SPY limit 169.00',
    ],
    [
      'a state that only a newer server knows',
      working,
      { status: OrderStatus.Unknown, unknown: { status: 'suspended' } },
      'success: Order suspended: Buy 10 SPY limit 169.00',
    ],
    [
      'the same again',
      anOrder({ status: OrderStatus.Unknown, unknown: { status: 'suspended' } }),
      { status: OrderStatus.Unknown, unknown: { status: 'suspended' } },
      undefined,
    ],
    [
      'a side that only a newer server knows',
      undefined,
      { side: Side.Unknown, unknown: { side: 'sell_short' } },
      'success: Order working: sell_short 10 SPY limit 169.00',
    ],
    ['an older version', anOrder({ offset: 20 }), { status: OrderStatus.Filled }, undefined],
    ['a final order', anOrder({ status: OrderStatus.Filled }), { status: OrderStatus.Canceled }, undefined],
  ])('%s', (_, before, changes, expected) => {
    expect(notice(before, changes)).toBe(expected);
  });
});

describe('the trading host', () => {
  const answers = {
    orders: vi.fn<BrokerApi['orders']>(),
    ordersHistory: vi.fn<BrokerApi['ordersHistory']>(),
    positions: vi.fn<BrokerApi['positions']>(),
    executions: vi.fn<BrokerApi['executions']>(),
  };
  const notify = vi.fn();

  function hostOf() {
    setActivePinia(createPinia());
    const account = useAccount();
    const broker = (): Pick<BrokerApi, keyof typeof answers> => answers;
    return { account, host: createTradingHost({ account, notify, broker, format }) };
  }

  beforeEach(() => {
    notify.mockReset();
    answers.orders.mockReset().mockResolvedValue([anOrder()]);
    answers.ordersHistory.mockReset().mockResolvedValue([anOrder({ offset: 1 }), anOrder({ id: 'O1' })]);
    answers.positions.mockReset().mockResolvedValue([aPosition()]);
    answers.executions.mockReset().mockResolvedValue([]);
  });

  it('asks for everything anew, once however often it is told at the same time', async () => {
    const { account, host } = hostOf();
    host.currentAccountUpdate();
    host.currentAccountUpdate();
    host.currentAccountUpdate();
    await vi.waitFor(() => expect(answers.orders).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(account.isLoaded).toBe(true));
    expect([...account.orders.values()].map(({ id, offset }) => [id, offset])).toEqual([['O2', 2], ['O1', 2]]); // prettier-ignore
    expect(account.open.map(({ id }) => id)).toEqual(['P5']);
    expect(notify).not.toHaveBeenCalled();
  });

  it('shows the account even if its history cannot be had', async () => {
    answers.ordersHistory.mockRejectedValue(new Error('Storage is busy.'));
    const { account, host } = hostOf();
    host.currentAccountUpdate();
    await vi.waitFor(() => expect(account.isLoaded).toBe(true));
    expect([...account.orders.keys()]).toEqual(['O2']);
    expect(notify).toHaveBeenCalledExactlyOnceWith('error', 'History not loaded', 'Storage is busy.');
  });

  it('keeps the store current and tells of changes', () => {
    const { account, host } = hostOf();
    host.orderUpdate(anOrder());
    host.orderUpdate(anOrder());
    expect(notify).toHaveBeenCalledExactlyOnceWith('success', 'Order working', 'Buy 10 SPY limit 169.00');
    host.positionUpdate(aPosition());
    expect(account.open).toHaveLength(1);
    host.positionUpdate(aPosition({ qty: 0, offset: 6 }));
    expect(account.open).toEqual([]);
  });

  it('passes on messages and the connection', () => {
    const { account, host } = hostOf();
    host.connectionStatusUpdate(ConnectionStatus.Error, { message: 'not allowed (4503)' });
    expect(account.connection).toBe(ConnectionStatus.Error);
    host.showNotification('Done', 'well', NotificationType.Success);
    expect(notify.mock.calls).toEqual([
      ['error', 'Disconnected', 'not allowed (4503)'],
      ['success', 'Done', 'well'],
    ]);
  });
});
