import { createInterface } from 'node:readline';
import type { Plugin, ViteDevServer } from 'vite';

const GENERATED = '/clients_generated/';
/** The files of one generation come one after the other. */
const SETTLED_AFTER_MS = 40;

/**
 * Reloads the page after its generated types have changed: they are erased, so no module of the page has. It waits
 * until the API serves the same contract; `make dev` says "api changing" and "api changed" on standard input, and
 * that it does so in the environment.
 */
export function contractReload(): Plugin {
  let isApiChanging = false;
  let isReloadDue = false;
  let settled: ReturnType<typeof setTimeout> | undefined;

  function reloadWhenDue(server: ViteDevServer): void {
    clearTimeout(settled);
    settled = setTimeout(() => {
      if (!isReloadDue || isApiChanging) return;
      isReloadDue = false;
      server.environments.client.hot.send({ type: 'full-reload' });
    }, SETTLED_AFTER_MS);
  }

  return {
    name: 'contract-reload',
    apply: 'serve',
    configureServer(server) {
      if (process.env.API_NEWS_ON_STDIN === undefined) return;
      createInterface(process.stdin).on('line', (line) => {
        isApiChanging = line === 'api changing';
        reloadWhenDue(server);
      });
    },
    hotUpdate({ file, server }) {
      if (this.environment.name !== 'client' || !file.includes(GENERATED)) return undefined;
      isReloadDue = true;
      reloadWhenDue(server);
      return [];
    },
  };
}
