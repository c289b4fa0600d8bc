/** The broker module over HTTP and its socket. */
import type { paths as Broker_Paths_Api_Backend } from '@/clients_generated/trader-client-broker/schema';
import type { BrokerGateway } from '@/trading/gateways';
import { answered, createApiClient, type ApiOptions } from './apiAdapter';
import * as map from './mappers';
import { streamOf } from './wsAdapter';
import type { WsClientBase } from './wsClientBase';

const MODULE = 'broker';
const HISTORY_LIMIT = 200;

export function createBrokerGateway(options: ApiOptions, socket: WsClientBase): BrokerGateway {
  const api = createApiClient<Broker_Paths_Api_Backend>(MODULE, options);
  return {
    connection: socket,
    accounts: async () => (await answered(api.GET('/accounts'))).map(map.accountFromWire),
    async orders(accountId) {
      const orders = await answered(api.GET('/orders', { params: { query: { accountId } } }));
      return orders.map(map.orderFromWire);
    },
    async order(accountId, orderId) {
      const params = { path: { orderId }, query: { accountId } };
      return map.orderFromWire(await answered(api.GET('/orders/{orderId}', { params })));
    },
    async ordersHistory(accountId) {
      const query = { accountId, limit: HISTORY_LIMIT };
      const page = await answered(api.GET('/orders/history', { params: { query } }));
      return page.orders.map(map.orderFromWire);
    },
    async placeOrder(accountId, order) {
      const request = { params: { query: { accountId } }, body: map.preOrderToWire(order) };
      return map.orderFromWire((await answered(api.POST('/orders', request))).order);
    },
    async previewOrder(accountId, order) {
      const request = { params: { query: { accountId } }, body: map.preOrderToWire(order) };
      return map.previewFromWire(await answered(api.POST('/orders/preview', request)));
    },
    async cancelOrder(accountId, orderId) {
      const params = { path: { orderId }, query: { accountId } };
      return map.orderFromWire(await answered(api.DELETE('/orders/{orderId}', { params })));
    },
    streamOrders: (accountId, listener) =>
      streamOf(socket, 'orders', { accountId }, map.orderFromWire, listener),
    streamPositions: (accountId, listener) =>
      streamOf(socket, 'positions', { accountId }, map.positionFromWire, listener),
    streamExecutions: (accountId, listener) =>
      streamOf(socket, 'executions', { accountId }, map.executionFromWire, listener),
    streamEquity: (accountId, listener) =>
      streamOf(socket, 'equity', { accountId }, map.equityFromWire, listener),
  };
}
