import { afterEach, expect, it, vi } from 'vitest';

import { AccountSummary } from '@/services/accountManager';
import { useAccount } from '@/stores/account';
import { aPosition, anOrder } from '@/testing/fakeGateways';
import { stock } from '@/testing/instruments';
import { mount, usePinia } from '@/testing/mounting';
import { createDelegate } from '@/terminal/host/delegate';
import { createWatchedValue } from '@/terminal/host/watchedValue';
import OrdersTab from '@/terminal/panels/OrdersTab.vue';
import PositionsTab from '@/terminal/panels/PositionsTab.vue';
import { OrderStatus, OrderType, Side } from '@/trading/constants';

let end: () => void = () => undefined;
afterEach(() => end());

const info = new AccountSummary({ createDelegate, createWatchedValue }).info('DEMO');
const broker = { accountManagerInfo: () => info };

function shown(component: typeof OrdersTab | typeof PositionsTab): (testId: string) => HTMLElement | null {
  const pinia = usePinia();
  const account = useAccount();
  account.replaceOrders([
    anOrder({ id: 'O1' }),
    anOrder({ id: 'O2', status: OrderStatus.Unknown, unknown: { status: 'suspended' } }),
    anOrder({ id: 'O3', type: OrderType.Unknown, unknown: { type: 'trailing_stop' } }),
  ]);
  account.replacePositions([
    aPosition(),
    aPosition({ id: 'P6', symbol: 'NEW', side: Side.Unknown, unknown: { side: 'hedged' } }),
  ]);
  const orders = { cancel: vi.fn(), close: vi.fn() };
  const mounted = mount(component, { broker, orders, instrument: () => Promise.resolve(stock) }, pinia);
  end = mounted.end;
  return (testId) => mounted.element.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
}

it('an order in a state that only a newer server knows is shown so, and offers nothing', () => {
  const find = shown(OrdersTab);
  expect(find('order-row-O2')?.textContent).toContain('suspended');
  expect(find('order-cancel-O2')).toBeNull();
  expect(find('order-cancel-O1')).not.toBeNull();
});

it('an order of a type that only a newer server knows can be canceled', () => {
  const find = shown(OrdersTab);
  expect(find('order-row-O3')?.textContent).toContain('trailing_stop');
  expect(find('order-cancel-O3')).not.toBeNull();
});

it('a position of a side that only a newer server knows cannot be closed', () => {
  const find = shown(PositionsTab);
  expect(find('position-row-NEW')?.textContent).toContain('hedged');
  expect(find('position-close-NEW')).toBeNull();
  expect(find('position-close-SPY')).not.toBeNull();
});
