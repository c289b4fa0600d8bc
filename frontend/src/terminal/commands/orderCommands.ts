/**
 * Orders as the user gives them. Every command ends in a confirmation, a refusal with its reason, or
 * "unresolved, checking", after which the broker's own record decides.
 */
import { ApiError, NoAnswerError, reasonOf } from '@/trading/apiError';
import type { BrokerApi, Order, Position, PreOrder } from '@/trading/broker';
import { isFinal, OrderStatus, OrderType, Side } from '@/trading/constants';
import type { Tone } from '@/stores/notifications';

/** How a placed order ended: known to the broker, refused, or still unknown. */
export type Outcome =
  | { kind: 'accepted' }
  | { kind: 'refused'; error: ApiError | null; reason: string }
  | { kind: 'unknown' };

export interface OrderCommands {
  place: (order: PreOrder) => Promise<Outcome>;
  cancel: (order: Order) => Promise<void>;
  close: (position: Position) => Promise<void>;
}

type Notify = (tone: Tone, title: string, text: string) => () => void;

const CHECKS_AFTER_MS = [500, 1000, 2000, 4000, 8000, 15000];

/** One line that names an order: `Buy 10 ALFA limit 189.20`. */
export function describeOrder(order: Pick<PreOrder, 'side' | 'qty' | 'symbol' | 'type' | 'limitPrice'>): string {
  const side = order.side === Side.Buy ? 'Buy' : 'Sell';
  const price = order.type === OrderType.Limit ? `limit ${order.limitPrice ?? ''}` : 'at market';
  return `${side} ${order.qty} ${order.symbol} ${price}`;
}

export function createOrderCommands(broker: BrokerApi, notify: Notify): OrderCommands {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Asks the broker's record until it answers. Undefined: no answer in all that time. */
  async function find(matches: (order: Order) => boolean): Promise<Order | 'absent' | undefined> {
    for (const wait of CHECKS_AFTER_MS) {
      await pause(wait);
      try {
        const known = [...(await broker.orders()), ...(await broker.ordersHistory())];
        return known.find(matches) ?? 'absent';
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
      }
    }
    return undefined;
  }

  async function settlePlacement(order: PreOrder): Promise<Outcome> {
    const done = notify('pending', 'Unresolved, checking', `${describeOrder(order)}: no answer came.`);
    try {
      const found = await find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
      if (found === undefined) {
        notify('error', 'Still unresolved', `${describeOrder(order)}: the server is unreachable; look at the orders before placing it again.`);
        return { kind: 'unknown' };
      }
      if (found === 'absent') return refuse('Order not placed', order, null, 'the order never reached the broker.');
      notify('success', 'Order accepted', `${describeOrder(order)} is known to the broker.`);
      return { kind: 'accepted' };
    } finally {
      done();
    }
  }

  function refuse(title: string, order: PreOrder, error: ApiError | null, reason: string): Outcome {
    notify('error', title, `${describeOrder(order)}: ${reason}`);
    return { kind: 'refused', error, reason };
  }

  async function place(order: PreOrder): Promise<Outcome> {
    const named = { ...order, clientOrderId: order.clientOrderId ?? crypto.randomUUID() };
    try {
      await broker.placeOrder(named);
      return { kind: 'accepted' };
    } catch (error) {
      if (error instanceof NoAnswerError) return settlePlacement(named);
      return refuse('Order refused', named, error instanceof ApiError ? error : null, reasonOf(error));
    }
  }

  async function settleCancel(order: Order): Promise<void> {
    const done = notify('pending', 'Unresolved, checking', `Cancel of ${describeOrder(order)}: no answer came.`);
    const found = await find(({ id }) => id === order.id).finally(done);
    if (found === undefined || found === 'absent') {
      notify('error', 'Still unresolved', `Cancel of ${describeOrder(order)}: the broker could not be asked.`);
    } else if (isFinal(found.status)) {
      const word = found.status === OrderStatus.Canceled ? 'canceled' : 'final already';
      notify('success', 'Order settled', `${describeOrder(order)} is ${word}.`);
    } else {
      notify('error', 'Order not canceled', `${describeOrder(order)} is still working.`);
    }
  }

  async function cancel(order: Order): Promise<void> {
    try {
      await broker.cancelOrder(order.id);
    } catch (error) {
      if (error instanceof NoAnswerError) await settleCancel(order);
      else notify('error', 'Cancel refused', `${describeOrder(order)}: ${reasonOf(error)}`);
    }
  }

  async function close(position: Position): Promise<void> {
    try {
      await broker.closePosition(position.id);
    } catch (error) {
      const what = `Close of ${position.qty} ${position.symbol}`;
      if (error instanceof NoAnswerError) {
        notify('error', 'Unresolved', `${what}: no answer came; the positions show what happened once the server answers.`);
      } else notify('error', 'Close refused', `${what}: ${reasonOf(error)}`);
    }
  }

  return { place, cancel, close };
}
