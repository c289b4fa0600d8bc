/** Mounts a component inside a terminal made of stand-ins, for tests. */
import { createPinia, setActivePinia, type Pinia } from 'pinia';
import { createApp, shallowRef, type Component } from 'vue';

import { CommandRegistry } from '@/terminal/commands/registry';
import { TERMINAL, type Terminal } from '@/terminal/context';

function missing(name: string): () => never {
  return () => {
    throw new Error(`the test gives no ${name}`);
  };
}

function standIn<T extends object>(name: string, given: Partial<T>): T {
  return new Proxy(given as T, {
    get: (target, key) => Reflect.get(target, key) ?? missing(`${name}.${String(key)}`),
  });
}

/** Parts that a test does not give fail when they are used. */
export interface GivenTerminal {
  datafeed?: Partial<Terminal['datafeed']>;
  broker?: Partial<Terminal['broker']>;
  orders?: Partial<Terminal['orders']>;
  instrument?: Terminal['instrument'];
}

export function usePinia(): Pinia {
  const pinia = createPinia();
  setActivePinia(pinia);
  return pinia;
}

/** The element and what ends it; `prepare` runs when the stores exist and nothing is mounted yet. */
export function mount(
  component: Component,
  given: GivenTerminal,
  pinia: Pinia,
): { element: HTMLElement; end: () => void } {
  const terminal: Terminal = {
    datafeed: standIn('datafeed', given.datafeed ?? {}),
    broker: standIn('broker', given.broker ?? {}),
    orders: standIn('orders', given.orders ?? {}),
    commands: new CommandRegistry(),
    unresolved: shallowRef([]),
    connections: { datafeed: shallowRef({ kind: 'live' }), broker: shallowRef({ kind: 'live' }) },
    instrument: given.instrument ?? missing('instrument'),
    changeReplay: missing('changeReplay'),
    inventory: missing('inventory'),
  };
  const element = document.createElement('div');
  document.body.append(element);
  const app = createApp(component).use(pinia).provide(TERMINAL, terminal);
  app.mount(element);
  return {
    element,
    end: () => {
      app.unmount();
      element.remove();
    },
  };
}
