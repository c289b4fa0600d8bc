/** Assembles the terminal: gateways, the two adapters, their host and the stores they fill. */
import { shallowRef, type ShallowRef } from 'vue';

import { createBrokerGateway } from '@/plugins/brokerAdapter';
import { createCoreGateway } from '@/plugins/coreAdapter';
import { createDatafeedGateway } from '@/plugins/datafeedAdapter';
import { openSocket, reconnectTogether } from '@/plugins/wsAdapter';
import { BrokerTerminalService } from '@/services/brokerTerminalService';
import { DatafeedService } from '@/services/datafeedService';
import { useAccount } from '@/stores/account';
import { useMarket } from '@/stores/market';
import { useNotifications } from '@/stores/notifications';
import { createOrderCommands, type OrderFormat } from '@/terminal/commands/orderCommands';
import { CommandRegistry } from '@/terminal/commands/registry';
import type { Terminal } from '@/terminal/context';
import { createTradingHost } from '@/terminal/host/tradingHost';
import { formatOf } from '@/terminal/instrumentFormat';
import { watchMarket } from '@/terminal/watchMarket';
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import type { StreamConnection, StreamState } from '@/trading/gateways';
import { formatQuantity } from '@/ui/formats/numbers';

const BASE = '/api/v1';

function stateOf(connection: StreamConnection): ShallowRef<StreamState> {
  const state = shallowRef(connection.state());
  connection.onState((now) => (state.value = now));
  return state;
}

/** A running terminal; it lives as long as the page. */
export function createTerminal(): Terminal {
  const account = useAccount();
  const market = useMarket();
  const notifications = useNotifications();

  const baseUrl = new URL(BASE, window.location.href).href;
  const datafeedSocket = openSocket(BASE, 'datafeed');
  const brokerSocket = openSocket(BASE, 'broker');
  reconnectTogether(datafeedSocket, brokerSocket);
  const datafeedGateway = createDatafeedGateway({ baseUrl }, datafeedSocket);
  const datafeed = new DatafeedService(datafeedGateway);

  async function instrument(ticker: string): Promise<LibrarySymbolInfo> {
    const info = await datafeed.info(ticker);
    market.instruments.set(info.ticker, info);
    return info;
  }

  const format: OrderFormat = {
    price(symbol, value) {
      const info = market.instruments.get(symbol);
      return info === undefined ? String(value) : formatOf(info).price(value);
    },
    quantity: (_symbol, value) => formatQuantity(value),
  };

  const host = createTradingHost({ account, notify: notifications.notify, broker: () => broker, format });
  const broker: BrokerTerminalService = new BrokerTerminalService(
    createBrokerGateway({ baseUrl }, brokerSocket),
    host,
    { resolveSymbol: instrument },
  );
  const unresolved = shallowRef(broker.unresolved.value());
  broker.unresolved.subscribe((names) => (unresolved.value = names));
  broker.connect();
  broker.subscribeEquity();
  const changeReplay = watchMarket(datafeed, datafeedGateway, market, notifications.notify);

  return {
    datafeed,
    broker,
    orders: createOrderCommands(broker, format, notifications.notify),
    commands: new CommandRegistry(),
    unresolved,
    connections: { datafeed: stateOf(datafeedSocket), broker: stateOf(brokerSocket) },
    instrument,
    changeReplay,
    inventory: () => createCoreGateway({ baseUrl }).inventory(),
  };
}
