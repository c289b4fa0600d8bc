/** What every panel may use: the two adapters, the commands, the controls of the market. */
import { inject, type InjectionKey, type ShallowRef } from 'vue';

import type { CommandRegistry } from '@/terminal/commands/registry';
import type { OrderCommands } from '@/terminal/commands/orderCommands';
import type { BrokerApi } from '@/trading/broker';
import type { DatafeedApi, LibrarySymbolInfo, ReplayChange } from '@/trading/datafeed';
import type { ServerInventory, StreamState } from '@/trading/gateways';

/** Sockets of the terminal by module. */
export interface Connections {
  datafeed: ShallowRef<StreamState>;
  broker: ShallowRef<StreamState>;
}

export interface Terminal {
  datafeed: DatafeedApi;
  broker: BrokerApi;
  orders: OrderCommands;
  commands: CommandRegistry;
  /** Names of commands that got no answer and are being looked up. */
  unresolved: ShallowRef<readonly string[]>;
  connections: Connections;
  /** The instrument, from the datafeed at the first request and from memory afterwards. */
  instrument: (ticker: string) => Promise<LibrarySymbolInfo>;
  changeReplay: (change: ReplayChange) => Promise<void>;
  inventory: () => Promise<ServerInventory>;
}

export const TERMINAL: InjectionKey<Terminal> = Symbol('terminal');

/** The terminal that the page belongs to. Throws outside of one. */
export function useTerminal(): Terminal {
  const terminal = inject(TERMINAL);
  if (terminal === undefined) throw new Error('useTerminal is called outside of a terminal');
  return terminal;
}
