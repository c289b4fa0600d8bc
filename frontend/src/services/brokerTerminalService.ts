/**
 * The broker adapter of the charting industry's shape, over a gateway. State comes from the account's streams,
 * which push every change to the host; commands end in a result, a refusal, or a settled uncertainty.
 */
import { ApiError, NoAnswerError } from '@/trading/apiError';
import type * as broker from '@/trading/broker';
import { ConnectionStatus, OrderStatus, OrderType, Side, isFinal, oppositeSide } from '@/trading/constants';
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import type { BrokerGateway, StreamState, Unsubscribe } from '@/trading/gateways';
import type { TradingHost } from '@/trading/host';
import type { ReadonlyWatchedValue, WatchedValue } from '@/trading/observables';
import { AccountBook } from './accountBook';
import { AccountSummary } from './accountManager';
import { pause, settleOrder, settlePlacing, type Pause } from './settlement';

export interface BrokerServiceOptions {
  accountId?: string;
  resolveSymbol: (symbol: string) => Promise<LibrarySymbolInfo>;
  wait?: Pause;
}

const DEFAULT_ACCOUNT = 'DEMO';

export class BrokerTerminalService implements broker.BrokerApi {
  private readonly book = new AccountBook();
  private readonly summary: AccountSummary;
  private readonly checking: WatchedValue<readonly string[]>;
  private readonly wait: Pause;
  private readonly account: string;
  private readonly stops: Unsubscribe[] = [];
  /** What last went out to close a position, by the position's id. */
  private readonly closing = new Map<string, 'sent' | broker.PlaceOrderResult>();
  private stopEquity: Unsubscribe | undefined;
  private readonly loaded = { orders: deferred(), positions: deferred(), executions: deferred() };

  constructor(
    private readonly gateway: BrokerGateway,
    private readonly host: TradingHost,
    private readonly options: BrokerServiceOptions,
  ) {
    this.summary = new AccountSummary(host.factory);
    this.checking = host.factory.createWatchedValue<readonly string[]>([]);
    this.wait = options.wait ?? pause;
    this.account = options.accountId ?? DEFAULT_ACCOUNT;
  }

  /** Names of the commands whose outcome is being looked up: client order ids, and ids of orders to cancel. */
  get unresolved(): ReadonlyWatchedValue<readonly string[]> {
    return this.checking;
  }

  /** Opens the account's streams; `disconnect` ends them. */
  connect(): void {
    const { gateway, host, book, account } = this;
    this.stops.push(
      gateway.connection.onState((state) => host.connectionStatusUpdate(statusOf(state), infoOf(state))),
      gateway.streamOrders(account, {
        snapshot: (orders) => this.replaced(this.loaded.orders, () => book.replaceOrders(orders)),
        update: (order) => this.takeOrder(order),
        refused: this.onRefused,
      }),
      gateway.streamPositions(account, {
        snapshot: (items) => this.replaced(this.loaded.positions, () => book.replacePositions(items)),
        update: (position) => {
          if (book.takePosition(position)) host.positionUpdate(position);
        },
        refused: this.onRefused,
      }),
      gateway.streamExecutions(account, {
        snapshot: (items) => this.replaced(this.loaded.executions, () => book.replaceExecutions(items)),
        update: (execution) => {
          if (book.takeExecution(execution)) host.executionUpdate(execution);
        },
        refused: this.onRefused,
      }),
    );
  }

  disconnect(): void {
    this.unsubscribeEquity();
    for (const stop of this.stops.splice(0)) stop();
  }

  accountsMetainfo(): Promise<broker.AccountMetainfo[]> {
    return this.gateway.accounts();
  }

  currentAccount(): string {
    return this.account;
  }

  connectionStatus(): ConnectionStatus {
    return statusOf(this.gateway.connection.state());
  }

  async isTradable(symbol: string): Promise<broker.IsTradableResult> {
    const { tradable, reason } = (await this.options.resolveSymbol(symbol)).library_custom_fields.trading;
    return reason === undefined ? { tradable } : { tradable, reason };
  }

  async symbolInfo(symbol: string): Promise<broker.InstrumentInfo> {
    const info = await this.options.resolveSymbol(symbol);
    const { qty, pipSize, tickSize, pointValue, marginRate, currency } = info.library_custom_fields.trading;
    return {
      qty,
      pipSize,
      pipValue: pipSize * pointValue,
      minTick: tickSize,
      description: info.description,
      type: info.type,
      currency,
      marginRate,
      bigPointValue: pointValue,
    };
  }

  accountManagerInfo(): broker.AccountManagerInfo {
    return this.summary.info(this.account);
  }

  chartContextMenuActions(context: broker.TradeContext): Promise<broker.ActionMetaInfo[]> {
    return this.host.defaultContextMenuActions(context);
  }

  async orders(): Promise<broker.Order[]> {
    await this.loaded.orders.promise;
    return this.book.allOrders();
  }

  ordersHistory(): Promise<broker.Order[]> {
    return this.gateway.ordersHistory(this.account);
  }

  async positions(): Promise<broker.Position[]> {
    await this.loaded.positions.promise;
    return this.book.openPositions();
  }

  async executions(symbol: string): Promise<broker.Execution[]> {
    await this.loaded.executions.promise;
    return this.book.allExecutions().filter((execution) => symbol === '' || execution.symbol === symbol);
  }

  previewOrder(order: broker.PreOrder): Promise<broker.OrderPreviewResult> {
    return this.gateway.previewOrder(this.account, order);
  }

  async placeOrder(order: broker.PreOrder, confirmId?: string): Promise<broker.PlaceOrderResult> {
    const clientOrderId = order.clientOrderId ?? crypto.randomUUID();
    const confirmed = confirmId === undefined ? order : { ...order, confirmId };
    const placed = await this.placed({ ...confirmed, clientOrderId }, clientOrderId);
    this.takeOrder(placed);
    return { orderId: placed.id };
  }

  async cancelOrder(orderId: string): Promise<void> {
    const order = await this.canceled(orderId);
    this.takeOrder(order);
    if (order.status !== OrderStatus.Canceled) {
      const detail = whyNotCanceled(order);
      throw new ApiError('cancel-failed', `Order ${orderId} was not canceled: ${detail}.`, 0);
    }
  }

  /**
   * Closes by an opposite market order of the position's quantity, or of `amount`. A second one while the first
   * is on its way would open the opposite position, so it is refused.
   */
  async closePosition(positionId: string, amount?: number): Promise<void> {
    const position = this.book.position(positionId);
    if (position === undefined) {
      throw new ApiError('position-unknown', `There is no open position ${positionId}.`, 404);
    }
    if (position.side === Side.Unknown) {
      throw new ApiError('position-unreadable', `Reload the page to close position ${positionId}.`, 0);
    }
    const last = this.closing.get(positionId);
    if (last === 'sent' || (last !== undefined && this.book.isUnderWay(last.orderId, position))) {
      throw new ApiError('position-closing', `Position ${positionId} is being closed already.`, 409);
    }
    this.closing.set(positionId, 'sent');
    try {
      const placed = await this.placeOrder({
        symbol: position.symbol,
        type: OrderType.Market,
        side: oppositeSide(position.side),
        qty: amount ?? position.qty,
        isClose: true,
      });
      this.closing.set(positionId, placed);
    } catch (error) {
      this.closing.delete(positionId);
      throw error;
    }
  }

  subscribeEquity(): void {
    this.stopEquity ??= this.gateway.streamEquity(this.account, {
      snapshot: (items) => items.forEach((equity) => this.takeEquity(equity)),
      update: (equity) => this.takeEquity(equity),
      refused: this.onRefused,
    });
  }

  unsubscribeEquity(): void {
    this.stopEquity?.();
    this.stopEquity = undefined;
  }

  private async placed(order: broker.PreOrder, clientOrderId: string): Promise<broker.Order> {
    try {
      return await this.gateway.placeOrder(this.account, order);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
    }
    const told = (): broker.Order | undefined => this.book.orderNamed(clientOrderId);
    const found =
      told() ??
      (await this.whileChecking(clientOrderId, () =>
        settlePlacing(this.gateway, this.account, clientOrderId, told, this.wait),
      ));
    if (found !== undefined) return found;
    throw new ApiError('order-not-received', 'The order did not reach the server; nothing was placed.', 0);
  }

  private async canceled(orderId: string): Promise<broker.Order> {
    try {
      return await this.gateway.cancelOrder(this.account, orderId);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
    }
    return this.whileChecking(orderId, () => settleOrder(this.gateway, this.account, orderId, this.wait));
  }

  private async whileChecking<T>(name: string, settle: () => Promise<T>): Promise<T> {
    this.checking.setValue([...this.checking.value(), name]);
    this.host.showNotification('Unresolved, checking', 'No answer came; the order is being looked up.');
    try {
      return await settle();
    } finally {
      this.checking.setValue(this.checking.value().filter((other) => other !== name));
    }
  }

  private takeOrder(order: broker.Order): void {
    if (this.book.takeOrder(order)) this.host.orderUpdate(order);
  }

  private takeEquity(equity: broker.Equity): void {
    this.summary.take(equity);
    this.host.equityUpdate(equity.equity);
    for (const { id, unrealizedPl } of equity.positions) this.host.plUpdate(id, unrealizedPl);
  }

  /** A snapshot replaces what was known; the host asks for it as at the start. */
  private replaced(part: Deferred, replace: () => void): void {
    replace();
    part.resolve();
    this.host.currentAccountUpdate();
  }

  private readonly onRefused = (code: string, message: string): void => {
    this.host.showNotification('Account not available', `${message} (${code})`);
  };
}

function whyNotCanceled({ status, unknown }: broker.Order): string {
  if (status === OrderStatus.Unknown) return `it is ${unknown?.status ?? 'in a state unknown here'}`;
  return isFinal(status) ? 'it is already final' : 'the request did not reach the server';
}

interface Deferred {
  promise: Promise<void>;
  resolve: () => void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function statusOf(state: StreamState): ConnectionStatus {
  if (state.kind === 'live') return ConnectionStatus.Connected;
  if (state.kind === 'closed') return ConnectionStatus.Error;
  return state.kind === 'idle' ? ConnectionStatus.Disconnected : ConnectionStatus.Connecting;
}

function infoOf(state: StreamState): { message?: string } {
  return state.kind === 'closed' ? { message: `${state.reason} (${state.code})` } : {};
}
