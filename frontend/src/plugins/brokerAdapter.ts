/** The broker module over HTTP and its socket. */
import {
  createBrokerClient,
  type operations as Broker_Operations_Api_Backend,
} from '@/clients_generated/trader-client-broker';
import * as shapes from '@/clients_generated/trader-client-broker/shapes';
import {
  BROKER_ROUTES,
  type BrokerRoutes as BrokerRoutes_Ws_Backend,
} from '@/clients_generated/ws-types-broker';
import type { BrokerGateway } from '@/trading/gateways';
import { answered, clientOptions, commanded, type ApiOptions } from './apiAdapter';
import { listOf } from './contract';
import * as map from './mappers';
import { streamOf, type ModuleStreams } from './wsAdapter';
import type { WsClientBase } from './wsClientBase';

/** Named, because a client takes parameters that its operation does not have. */
type Params<Name extends keyof Broker_Operations_Api_Backend> =
  Broker_Operations_Api_Backend[Name]['parameters'];

const MODULE = 'broker';
const HISTORY_LIMIT = 200;
const ORDERS = listOf(shapes.PlacedOrder);
const ACCOUNTS = listOf(shapes.AccountMetainfo);

export function createBrokerGateway(options: ApiOptions, socket: WsClientBase): BrokerGateway {
  const api = createBrokerClient(clientOptions(MODULE, options));
  const streams: ModuleStreams<BrokerRoutes_Ws_Backend> = { socket, routes: BROKER_ROUTES };
  return {
    connection: socket,
    accounts: async () => (await answered(api.GET('/accounts'), ACCOUNTS)).map(map.accountFromWire),
    async orders(accountId) {
      const params: Params<'list_orders'> = { query: { accountId } };
      return (await answered(api.GET('/orders', { params }), ORDERS)).map(map.orderFromWire);
    },
    async order(accountId, orderId) {
      const params: Params<'get_order'> = { path: { orderId }, query: { accountId } };
      return map.orderFromWire(await answered(api.GET('/orders/{orderId}', { params }), shapes.PlacedOrder));
    },
    async ordersHistory(accountId) {
      const params: Params<'orders_history'> = { query: { accountId, limit: HISTORY_LIMIT } };
      const page = await answered(api.GET('/orders/history', { params }), shapes.OrdersPage);
      return page.orders.map(map.orderFromWire);
    },
    async placeOrder(accountId, order) {
      const params: Params<'place_order'> = { query: { accountId } };
      const request = api.POST('/orders', { params, body: map.preOrderToWire(order) });
      return map.orderFromWire((await commanded(request, shapes.PlaceOrderResult)).order);
    },
    async previewOrder(accountId, order) {
      const params: Params<'preview_order'> = { query: { accountId } };
      const request = api.POST('/orders/preview', { params, body: map.preOrderToWire(order) });
      return map.previewFromWire(await answered(request, shapes.OrderPreview));
    },
    async cancelOrder(accountId, orderId) {
      const params: Params<'cancel_order'> = { path: { orderId }, query: { accountId } };
      const request = api.DELETE('/orders/{orderId}', { params });
      return map.orderFromWire(await commanded(request, shapes.PlacedOrder));
    },
    streamOrders: (accountId, listener) =>
      streamOf(streams, 'orders', { accountId }, map.orderFromWire, listener),
    streamPositions: (accountId, listener) =>
      streamOf(streams, 'positions', { accountId }, map.positionFromWire, listener),
    streamExecutions: (accountId, listener) =>
      streamOf(streams, 'executions', { accountId }, map.executionFromWire, listener),
    streamEquity: (accountId, listener) =>
      streamOf(streams, 'equity', { accountId }, map.equityFromWire, listener),
  };
}
