/** What the user is told of an order's change. */
import type { Order } from '@/trading/broker';
import { OrderStatus, OrderType, isFinal } from '@/trading/constants';
import { priceWords, sideWord } from '@/trading/words';

export interface NoticeFormat {
  price: (symbol: string, value: number) => string;
  quantity: (symbol: string, value: number) => string;
}

export interface OrderNotice {
  tone: 'success' | 'error';
  title: string;
  text: string;
}

/** Undefined where nothing happened that is news: the same state again, or a market order on its way. */
export function noticeOf(
  before: Order | undefined,
  order: Order,
  format: NoticeFormat,
): OrderNotice | undefined {
  if (before !== undefined && (isFinal(before.status) || before.offset >= order.offset)) return undefined;
  const filledMore = order.filledQty > (before?.filledQty ?? 0);
  const text = describe(order, format);
  switch (order.status) {
    case OrderStatus.Filled:
      return { tone: 'success', title: 'Order filled', text };
    case OrderStatus.Rejected:
      return {
        tone: 'error',
        title: 'Order rejected',
        text: `${text}: ${order.message?.text ?? 'no reason given'}`,
      };
    case OrderStatus.Canceled:
      return { tone: 'success', title: order.message?.text ?? 'Order canceled', text };
    case OrderStatus.Unknown:
      return before?.unknown?.status === order.unknown?.status
        ? undefined
        : { tone: 'success', title: `Order ${order.unknown?.status ?? 'changed'}`, text };
    default:
  }
  if (filledMore) return { tone: 'success', title: 'Order partly filled', text };
  const isNews = before?.status !== order.status && order.type !== OrderType.Market;
  return isNews ? { tone: 'success', title: 'Order working', text } : undefined;
}

/** `Buy 10 ALFA at 107.55`, the average price of what is filled; before that, where it may fill. */
function describe(order: Order, format: NoticeFormat): string {
  const { symbol, qty, filledQty, avgPrice, status } = order;
  const isPart = filledQty > 0 && status !== OrderStatus.Filled;
  const shown = isPart
    ? `${format.quantity(symbol, filledQty)} of ${format.quantity(symbol, qty)}`
    : format.quantity(symbol, qty);
  const what = `${sideWord(order)} ${shown} ${symbol}`;
  if (avgPrice !== undefined && filledQty > 0) return `${what} at ${format.price(symbol, avgPrice)}`;
  return `${what} ${priceWords(order, (price) => format.price(symbol, price))}`;
}
