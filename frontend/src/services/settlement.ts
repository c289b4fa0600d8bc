/** Finds out what became of a command that got no answer: asks until the server answers, then reads the truth. */
import { ANSWER_INVALID, ApiError, NoAnswerError } from '@/trading/apiError';
import type { Order } from '@/trading/broker';
import type { BrokerGateway } from '@/trading/gateways';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;
/** A request may still be on its way when it is first looked up; after this many looks it is not coming. */
const LOOKS_UNTIL_ABSENT = 3;

export type Pause = (ms: number) => Promise<void>;

export const pause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The order of this name, or undefined once the server has said often enough that there is none. `told` is
 * what the account's stream has said of it by now.
 */
export async function settlePlacing(
  gateway: BrokerGateway,
  accountId: string,
  clientOrderId: string,
  told: () => Order | undefined,
  wait: Pause = pause,
): Promise<Order | undefined> {
  let looksWithoutIt = 0;
  let pauseMs = FIRST_PAUSE_MS;
  while (looksWithoutIt < LOOKS_UNTIL_ABSENT) {
    await wait(pauseMs);
    const streamed = told();
    if (streamed !== undefined) return streamed;
    const orders = await unlessUnanswered(async () => [
      ...(await gateway.orders(accountId)),
      ...(await gateway.ordersHistory(accountId)),
    ]);
    const found = orders?.find((order) => order.clientOrderId === clientOrderId);
    if (found !== undefined) return found;
    if (orders !== undefined) looksWithoutIt += 1;
    pauseMs = orders === undefined ? longer(pauseMs) : LOOK_AGAIN_MS;
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
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    await wait(pauseMs);
    const order = await unlessUnanswered(() => gateway.order(accountId, orderId));
    if (order !== undefined) return order;
    pauseMs = longer(pauseMs);
  }
}

function longer(pauseMs: number): number {
  return Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
}

async function unlessUnanswered<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isOpen = error instanceof ApiError && (error.retryable || error.code === ANSWER_INVALID);
    if (error instanceof NoAnswerError || isOpen) return undefined;
    throw error;
  }
}
