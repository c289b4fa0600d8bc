/** An order as a row of the account manager. */
import type { AccountRow } from '@/terminal/panels/accountCell';
import type { Order } from '@/trading/broker';

export function orderRow(order: Order): AccountRow {
  return { ...order, duration: order.duration.type.toUpperCase() };
}
