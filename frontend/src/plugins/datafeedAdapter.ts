/** The datafeed module over HTTP and its socket. */
import type { paths as Datafeed_Paths_Api_Backend } from '@/clients_generated/trader-client-datafeed/schema';
import type { DatafeedGateway } from '@/trading/gateways';
import { answered, createApiClient, type ApiOptions } from './apiAdapter';
import * as map from './mappers';
import { streamOf } from './wsAdapter';
import type { WsClientBase } from './wsClientBase';

const MODULE = 'datafeed';

export function createDatafeedGateway(options: ApiOptions, socket: WsClientBase): DatafeedGateway {
  const api = createApiClient<Datafeed_Paths_Api_Backend>(MODULE, options);
  return {
    connection: socket,
    configuration: async () => map.configurationFromWire(await answered(api.GET('/config'))),
    async search(userInput, exchange, symbolType) {
      const query = { user_input: userInput, exchange, symbol_type: symbolType };
      const found = await answered(api.GET('/search', { params: { query } }));
      return found.map(map.searchResultFromWire);
    },
    async resolve(symbol) {
      return map.symbolFromWire(
        await answered(api.GET('/resolve/{symbol}', { params: { path: { symbol } } })),
      );
    },
    async bars({ symbol, resolution, from, to, countBack }) {
      const query = { symbol, resolution, from_time: from, to_time: to, count_back: countBack };
      return map.barsFromWire(await answered(api.GET('/bars', { params: { query } })));
    },
    async quotes(symbols) {
      const query = { symbols: symbols.join(',') };
      return (await answered(api.GET('/quotes', { params: { query } }))).map(map.quoteFromWire);
    },
    time: () => answered(api.GET('/time')),
    state: async () => map.feedStateFromWire(await answered(api.GET('/status'))),
    replay: () => answered(api.GET('/replay')),
    changeReplay: (change) => answered(api.PUT('/replay', { body: change })),
    streamBars: (symbol, resolution, listener) =>
      streamOf(socket, 'bars', { symbol, resolution }, map.barFromWire, listener),
    streamQuotes: (symbol, listener) => streamOf(socket, 'quotes', { symbol }, map.quoteFromWire, listener),
  };
}
