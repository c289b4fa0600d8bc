/** The host that a broker adapter pushes to: observable values, delegates and the trading host itself. */
import type { ActionMetaInfo, Execution, Order, Position, TradeContext } from './broker';
import type { ConnectionStatus, NotificationType } from './constants';

export interface ReadonlyWatchedValue<T> {
  value(): T;
  subscribe(callback: (value: T) => void, options?: { once?: boolean; callWithLast?: boolean }): void;
  /** Without an argument all callbacks go. */
  unsubscribe(callback?: (value: T) => void): void;
  /** Calls once, as soon as the value is truthy. */
  when(callback: (value: T) => void): void;
}

export interface WatchedValue<T> extends ReadonlyWatchedValue<T> {
  /** Callbacks run only on a change, unless forced. */
  setValue(value: T, forceUpdate?: boolean): void;
}

export interface Subscription<Args extends unknown[]> {
  subscribe(owner: object | null, callback: (...args: Args) => void, singleshot?: boolean): void;
  unsubscribe(owner: object | null, callback: (...args: Args) => void): void;
  unsubscribeAll(owner: object | null): void;
}

export interface Delegate<Args extends unknown[]> extends Subscription<Args> {
  fire(...args: Args): void;
}

export interface HostFactory {
  createDelegate<Args extends unknown[]>(): Delegate<Args>;
  createWatchedValue<T>(value: T): WatchedValue<T>;
}

export interface TradingHost {
  readonly factory: HostFactory;
  connectionStatusUpdate(status: ConnectionStatus, info?: { message?: string }): void;
  /** Everything of the account is to be asked for again. */
  currentAccountUpdate(): void;
  orderUpdate(order: Order): void;
  positionUpdate(position: Position): void;
  executionUpdate(execution: Execution): void;
  plUpdate(positionId: string, pl: number): void;
  equityUpdate(equity: number): void;
  showNotification(title: string, text: string, type?: NotificationType): void;
  defaultContextMenuActions(context: TradeContext): Promise<ActionMetaInfo[]>;
}
