import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { useAccount } from '@/stores/account';
import type { Execution, Order, Position } from '@/trading/broker';
import { OrderStatus, OrderType, Side } from '@/trading/constants';

function order(id: string, status: OrderStatus, offset: number): Order {
  return {
    id,
    symbol: 'ALFA',
    type: OrderType.Limit,
    side: Side.Buy,
    qty: 10,
    status,
    filledQty: 0,
    createTime: offset,
    updateTime: offset,
    duration: { type: 'gtc' },
    offset,
  };
}

function position(id: string, qty: number, offset: number): Position {
  return {
    id,
    symbol: 'ALFA',
    qty,
    side: Side.Buy,
    avgPrice: 100,
    realizedPl: 0,
    updateTime: offset,
    offset,
  };
}

function execution(id: string, time: number): Execution {
  return { id, orderId: 'O1', symbol: 'ALFA', side: Side.Buy, qty: 1, price: 100, time, commission: 0 };
}

beforeEach(() => {
  setActivePinia(createPinia());
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    callback(0);
    return 1;
  });
});

describe('useAccount', () => {
  it('keeps the newer of two versions of an order, in whichever order they come', () => {
    const account = useAccount();
    account.applyOrder(order('O1', OrderStatus.Filled, 5));
    account.applyOrder(order('O1', OrderStatus.Working, 3));
    expect(account.orders.get('O1')?.status).toBe(OrderStatus.Filled);
  });

  it('parts working orders from final ones, newest first', () => {
    const account = useAccount();
    account.replaceOrders([
      order('O1', OrderStatus.Working, 1),
      order('O2', OrderStatus.Canceled, 2),
      order('O3', OrderStatus.Working, 3),
    ]);
    expect(account.working.map(({ id }) => id)).toEqual(['O3', 'O1']);
    expect(account.history.map(({ id }) => id)).toEqual(['O2']);
  });

  it('removes a position that is closed', () => {
    const account = useAccount();
    account.applyPosition(position('P1', 10, 1));
    expect(account.open).toHaveLength(1);
    account.applyPosition(position('P1', 0, 2));
    expect(account.open).toHaveLength(0);
  });

  it('counts an execution once, newest first', () => {
    const account = useAccount();
    account.replaceExecutions([execution('X1', 1), execution('X2', 2)]);
    account.applyExecution(execution('X3', 3));
    account.applyExecution(execution('X3', 3));
    expect(account.executions.map(({ id }) => id)).toEqual(['X3', 'X2', 'X1']);
  });

  it('takes profits and equity as they come', () => {
    const account = useAccount();
    account.applyProfit('P1', 5);
    account.applyProfit('P2', -2);
    account.applyProfit('P1', 6);
    account.applyEquity(100_004);
    expect([...account.profits]).toEqual([
      ['P1', 6],
      ['P2', -2],
    ]);
    expect(account.equity).toBe(100_004);
  });
});
