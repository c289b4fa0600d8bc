/** Our host of the broker adapter: what the broker pushes goes to the store, and the user hears of what matters. */
import type { useAccount } from '@/stores/account';
import type { Tone } from '@/stores/notifications';
import { reasonOf } from '@/trading/apiError';
import type { BrokerApi, Order } from '@/trading/broker';
import { NotificationType } from '@/trading/constants';
import type { TradingHost } from '@/trading/host';
import { createDelegate } from './delegate';
import { noticeOf, type NoticeFormat } from './orderNotice';
import { createWatchedValue } from './watchedValue';

export interface HostDependencies {
  account: ReturnType<typeof useAccount>;
  notify: (tone: Tone, title: string, text: string) => unknown;
  /** Asked only after construction: the broker is made with its host. */
  broker: () => Pick<BrokerApi, 'orders' | 'ordersHistory' | 'positions' | 'executions'>;
  format: NoticeFormat;
}

export function createTradingHost({ account, notify, broker, format }: HostDependencies): TradingHost {
  function withoutHistory(error: unknown): Order[] {
    notify('error', 'History not loaded', reasonOf(error));
    return [];
  }

  const reload = coalesced(async () => {
    // What the streams tell is newer than what was asked for, so it is read last and replaces the same orders.
    const past = await broker().ordersHistory().catch(withoutHistory);
    const [positions, executions, orders] = await Promise.all([
      broker().positions(),
      broker().executions(''),
      broker().orders(),
    ]);
    account.replaceOrders([...past, ...orders]);
    account.replacePositions(positions);
    account.replaceExecutions(executions);
  });

  return {
    factory: { createDelegate, createWatchedValue },
    connectionStatusUpdate(status, info) {
      account.connection = status;
      if (info?.message !== undefined) notify('error', 'Disconnected', info.message);
    },
    currentAccountUpdate() {
      reload().catch((error: unknown) => notify('error', 'Account not loaded', reasonOf(error)));
    },
    orderUpdate(order) {
      const notice = noticeOf(account.orders.get(order.id), order, format);
      account.applyOrder(order);
      if (notice !== undefined) notify(notice.tone, notice.title, notice.text);
    },
    positionUpdate: (position) => account.applyPosition(position),
    executionUpdate: (execution) => account.applyExecution(execution),
    plUpdate: (positionId, pl) => account.applyProfit(positionId, pl),
    equityUpdate: (equity) => account.applyEquity(equity),
    showNotification(title, text, type = NotificationType.Error) {
      notify(type === NotificationType.Success ? 'success' : 'error', title, text);
    },
    defaultContextMenuActions: () => Promise.resolve([]),
  };
}

/** Runs one at a time; calls during a run make one more run after it. */
function coalesced(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;

  async function runUntilQuiet(): Promise<void> {
    do {
      isAskedAgain = false;
      await run();
    } while (isAskedAgain);
  }

  return () => {
    if (running === undefined) running = runUntilQuiet().finally(() => (running = undefined));
    else isAskedAgain = true;
    return running;
  };
}
