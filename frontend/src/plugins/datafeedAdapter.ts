/** The datafeed module over HTTP and its socket. */
import {
  createDatafeedClient,
  type operations as Datafeed_Operations_Api_Backend,
} from '@/clients_generated/trader-client-datafeed';
import * as shapes from '@/clients_generated/trader-client-datafeed/shapes';
import {
  DATAFEED_ROUTES,
  type DatafeedRoutes as DatafeedRoutes_Ws_Backend,
} from '@/clients_generated/ws-types-datafeed';
import { isResolution } from '@/trading/datafeed';
import type { DatafeedGateway, StreamListener, Unsubscribe } from '@/trading/gateways';
import { answered, clientOptions, type ApiOptions } from './apiAdapter';
import { NUMBER, listOf } from './contract';
import * as map from './mappers';
import { streamOf, type ModuleStreams } from './wsAdapter';
import type { WsClientBase } from './wsClientBase';

/** Named, because a client takes parameters that its operation does not have. */
type Params<Name extends keyof Datafeed_Operations_Api_Backend> =
  Datafeed_Operations_Api_Backend[Name]['parameters'];

const MODULE = 'datafeed';

const FOUND = listOf(shapes.SearchResult);
const QUOTES = listOf(shapes.QuoteData);

export function createDatafeedGateway(options: ApiOptions, socket: WsClientBase): DatafeedGateway {
  const api = createDatafeedClient(clientOptions(MODULE, options));
  const streams: ModuleStreams<DatafeedRoutes_Ws_Backend> = { socket, routes: DATAFEED_ROUTES };
  return {
    connection: socket,
    configuration: async () =>
      map.configurationFromWire(await answered(api.GET('/config'), shapes.DatafeedConfiguration)),
    async search(userInput, exchange, symbolType) {
      const params: Params<'search'> = {
        query: { user_input: userInput, exchange, symbol_type: symbolType },
      };
      return (await answered(api.GET('/search', { params }), FOUND)).map(map.searchResultFromWire);
    },
    async resolve(symbol) {
      const params: Params<'resolve'> = { path: { symbol } };
      return map.symbolFromWire(await answered(api.GET('/resolve/{symbol}', { params }), shapes.SymbolInfo));
    },
    async bars({ symbol, resolution, from, to, countBack, adjustment }) {
      const params: Params<'bars'> = {
        query: { symbol, resolution, from_time: from, to_time: to, count_back: countBack, adjustment },
      };
      return map.barsFromWire(await answered(api.GET('/bars', { params }), shapes.BarsPage));
    },
    async quotes(symbols) {
      const params: Params<'quotes'> = { query: { symbols } };
      return (await answered(api.GET('/quotes', { params }), QUOTES)).map(map.quoteFromWire);
    },
    time: () => answered(api.GET('/time'), NUMBER),
    state: async () => map.feedStateFromWire(await answered(api.GET('/status'), shapes.FeedStatus)),
    replay: async () => map.replayFromWire(await answered(api.GET('/replay'), shapes.ReplayState)),
    async changeReplay(change) {
      const body = map.replayChangeToWire(change);
      return map.replayFromWire(await answered(api.PUT('/replay', { body }), shapes.ReplayState));
    },
    streamBars(symbol, wanted, listener, adjustment) {
      const resolution = isResolution(wanted) ? wanted : undefined;
      if (resolution === undefined) return refusedStream(wanted, listener);
      return streamOf(streams, 'bars', { symbol, resolution, adjustment }, map.barFromWire, listener);
    },
    streamQuotes: (symbol, listener) => streamOf(streams, 'quotes', { symbol }, map.quoteFromWire, listener),
    streamState: (listener) => streamOf(streams, 'feed-status', {}, map.feedStateFromWire, listener),
  };
}

/** What the server would say too: nothing is subscribed that its contract does not have. */
function refusedStream(resolution: string, listener: StreamListener<never>): Unsubscribe {
  listener.refused?.('resolution-unsupported', `There are no bars of resolution "${resolution}".`);
  return () => undefined;
}
