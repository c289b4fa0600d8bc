/** Typed streams over a module's socket: what arrives is mapped before anyone sees it. */
import { ANSWER_INVALID } from '@/trading/apiError';
import type { StreamListener, Unsubscribe } from '@/trading/gateways';
import { fits, listOf, misfit, type Shape } from './contract';
import { WsClientBase, type StreamOptions } from './wsClientBase';

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

/** What streams carry, by route: the generated `<Module>Routes` of each module. */
type Routes<R> = { readonly [Route in keyof R]: { request: object; data: unknown; delivery: string } };

/** The same at run time: the generated `<MODULE>_ROUTES`. */
export type RouteTable<R extends Routes<R>> = {
  readonly [Route in keyof R]: {
    readonly delivery: R[Route]['delivery'];
    readonly shape: Shape<R[Route]['data']>;
  };
};

/** A module's socket, and what its routes carry. */
export interface ModuleStreams<R extends Routes<R>> {
  readonly socket: WsClientBase;
  readonly routes: RouteTable<R>;
}

/** Only newest values can be had at a rate. */
type OptionsOf<Delivery> = Delivery extends 'latest' ? StreamOptions : Record<string, never>;

/**
 * What arrives on `route`, mapped. An item that is not of the contract is not passed on: the listener is told
 * so as of a refusal, once until items fit again.
 */
export function streamOf<R extends Routes<R>, Route extends keyof R & string, T>(
  { socket, routes }: ModuleStreams<R>,
  route: Route,
  request: R[Route]['request'],
  map: (data: R[Route]['data']) => T,
  listener: StreamListener<T>,
  options?: OptionsOf<R[Route]['delivery']>,
): Unsubscribe {
  const shape = routes[route].shape;
  const list = listOf(shape);
  let isTold = false;
  const tell = (what: string | undefined): void => {
    const text = `Data of the stream "${route}" is not of the contract: ${what ?? ''}. Reload the page.`;
    if (!isTold) listener.refused?.(ANSWER_INVALID, text);
    isTold = true;
  };
  const mapped: StreamListener<unknown> = {
    snapshot(items) {
      if (!fits(items, list)) return tell(misfit(items, list));
      isTold = false;
      listener.snapshot(items.map(map));
    },
    update(item) {
      if (!fits(item, shape)) return tell(misfit(item, shape));
      isTold = false;
      listener.update(map(item));
    },
    refused: (code, message) => listener.refused?.(code, message),
  };
  return socket.subscribe(route, request, mapped, options);
}
