/**
 * Orders as the user gives them. The broker adapter settles what got no answer, so each command ends in a
 * confirmation or a refusal with its reason; confirmations of fills come from the account's streams.
 */
import { ApiError, reasonOf, type FieldProblem } from '@/trading/apiError';
import type { BrokerApi, Order, Position, PreOrder } from '@/trading/broker';
import { isEditable } from '@/trading/constants';
import { priceWords, sideWord } from '@/trading/words';
import type { Tone } from '@/stores/notifications';

export type Outcome =
  { accepted: true } | { accepted: false; reason: string; fields: readonly FieldProblem[] };

export interface OrderCommands {
  place: (order: PreOrder) => Promise<Outcome>;
  cancel: (order: Order) => Promise<Outcome>;
  cancelAll: (orders: readonly Order[]) => Promise<void>;
  close: (position: Position) => Promise<Outcome>;
}

/** Writes prices and quantities of a symbol. */
export interface OrderFormat {
  price: (symbol: string, value: number) => string;
  quantity: (symbol: string, value: number) => string;
}

type Described = Pick<
  Order,
  'side' | 'unknown' | 'qty' | 'symbol' | 'type' | 'stopType' | 'limitPrice' | 'stopPrice'
>;
type Notify = (tone: Tone, title: string, text: string) => unknown;

/** One line that names an order: `Buy 10 ALFA limit 189.20`. */
export function describeOrder(order: Described, format: OrderFormat): string {
  const price = priceWords(order, (value) => format.price(order.symbol, value));
  return `${sideWord(order)} ${format.quantity(order.symbol, order.qty)} ${order.symbol} ${price}`;
}

export function createOrderCommands(broker: BrokerApi, format: OrderFormat, notify: Notify): OrderCommands {
  async function run(title: string, what: string, command: () => Promise<unknown>): Promise<Outcome> {
    try {
      await command();
      return { accepted: true };
    } catch (error) {
      const reason = reasonOf(error);
      notify('error', title, `${what}: ${reason}`);
      return { accepted: false, reason, fields: error instanceof ApiError ? error.fields : [] };
    }
  }

  const place: OrderCommands['place'] = (order) =>
    run('Order refused', describeOrder(order, format), () => broker.placeOrder(order));

  const cancel: OrderCommands['cancel'] = (order) =>
    run('Not canceled', describeOrder(order, format), () => broker.cancelOrder(order.id));

  const close: OrderCommands['close'] = (position) =>
    run('Not closed', `${format.quantity(position.symbol, position.qty)} ${position.symbol}`, () =>
      broker.closePosition(position.id),
    );

  return {
    place,
    cancel,
    close,
    cancelAll: async (orders) => {
      await Promise.all(orders.filter(({ status }) => isEditable(status)).map(cancel));
    },
  };
}
