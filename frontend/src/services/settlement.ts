/** Finds out what became of a command that got no answer: asks until the server answers, then reads the truth. */
import { ApiError, NoAnswerError } from '@/trading/apiError';
import type { Order } from '@/trading/broker';
import type { BrokerGateway } from '@/trading/gateways';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** A request may still be on its way when it is first looked up; after this many looks it is not coming. */
const LOOKS_UNTIL_ABSENT = 3;

export type Pause = (ms: number) => Promise<void>;

export const pause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The order of this name, or undefined once the server has said often enough that there is none. */
export async function settlePlacing(
  gateway: BrokerGateway,
  accountId: string,
  clientOrderId: string,
  wait: Pause = pause,
): Promise<Order | undefined> {
  let looksWithoutIt = 0;
  for (let attempt = 0; looksWithoutIt < LOOKS_UNTIL_ABSENT; attempt += 1) {
    await wait(pauseBefore(attempt));
    const orders = await unlessUnanswered(async () => [
      ...(await gateway.orders(accountId)),
      ...(await gateway.ordersHistory(accountId)),
    ]);
    const found = orders?.find((order) => order.clientOrderId === clientOrderId);
    if (found !== undefined) return found;
    if (orders !== undefined) looksWithoutIt += 1;
  }
  return undefined;
}

/** The order as the server knows it, however long it takes to reach it. */
export async function settleOrder(
  gateway: BrokerGateway,
  accountId: string,
  orderId: string,
  wait: Pause = pause,
): Promise<Order> {
  for (let attempt = 0; ; attempt += 1) {
    await wait(pauseBefore(attempt));
    const order = await unlessUnanswered(() => gateway.order(accountId, orderId));
    if (order !== undefined) return order;
  }
}

function pauseBefore(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
}

async function unlessUnanswered<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NoAnswerError || (error instanceof ApiError && error.retryable)) return undefined;
    throw error;
  }
}
