/** The broker module over HTTP and its socket. */
import { createBrokerClient } from '@/clients_generated/trader-client-broker';
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
      const params = { query: { accountId } };
      return (await answered(api.GET('/orders', { params }), ORDERS)).map(map.orderFromWire);
    },
    async order(accountId, orderId) {
      const params = { path: { orderId }, query: { accountId } };
      return map.orderFromWire(await answered(api.GET('/orders/{orderId}', { params }), shapes.PlacedOrder));
    },
    async ordersHistory(accountId) {
      const params = { query: { accountId, limit: HISTORY_LIMIT } };
      const page = await answered(api.GET('/orders/history', { params }), shapes.OrdersPage);
      return page.orders.map(map.orderFromWire);
    },
    async placeOrder(accountId, order) {
      const request = { params: { query: { accountId } }, body: map.preOrderToWire(order) };
      const placed = await commanded(api.POST('/orders', request), shapes.PlaceOrderResult);
      return map.orderFromWire(placed.order);
    },
    async previewOrder(accountId, order) {
      const request = { params: { query: { accountId } }, body: map.preOrderToWire(order) };
      return map.previewFromWire(await answered(api.POST('/orders/preview', request), shapes.OrderPreview));
    },
    async cancelOrder(accountId, orderId) {
      const params = { path: { orderId }, query: { accountId } };
      return map.orderFromWire(
        await commanded(api.DELETE('/orders/{orderId}', { params }), shapes.PlacedOrder),
      );
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
