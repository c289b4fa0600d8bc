/** Typed streams over a module's socket: what arrives is mapped before anyone sees it. */
import type { StreamListener, Unsubscribe } from '@/trading/gateways';
import type { TopicRequest } from './topic';
import { WsClientBase } from './wsClientBase';

/** The socket of `module` below `baseUrl`, at the origin of the page. */
export function socketUrl(baseUrl: string, module: string, origin: string = window.location.href): string {
  const url = new URL(`${baseUrl}/${module}/ws`, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** The one socket of `module`; it does not wait for its turn once the network is back. */
export function openSocket(baseUrl: string, module: string): WsClientBase {
  const client = new WsClientBase({ url: socketUrl(baseUrl, module) });
  window.addEventListener('online', () => client.retryNow());
  return client;
}

/** A server that answers one socket answers all: none waits for its turn once another is live. */
export function reconnectTogether(...clients: WsClientBase[]): void {
  for (const client of clients) {
    client.onState((state) => {
      if (state.kind === 'live') clients.forEach((other) => other.retryNow());
    });
  }
}

export function streamOf<Wire, T>(
  client: WsClientBase,
  route: string,
  request: TopicRequest,
  map: (data: Wire) => T,
  listener: StreamListener<T>,
): Unsubscribe {
  return client.subscribe<Wire>(route, request, {
    snapshot: (items) => listener.snapshot(items.map(map)),
    update: (item) => listener.update(map(item)),
    refused: (code, message) => listener.refused?.(code, message),
  });
}
