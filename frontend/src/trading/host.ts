/** The host that a broker adapter pushes to. */
import type { ActionMetaInfo, Execution, Order, Position, TradeContext } from './broker';
import type { ConnectionStatus, NotificationType } from './constants';
import type { Delegate, WatchedValue } from './observables';

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
