/** How the numbers of a symbol are written, as soon as the symbol is known. */
import { computed, watchEffect, type ComputedRef } from 'vue';

import { useMarket } from '@/stores/market';
import { useTerminal } from '@/terminal/context';
import { formatOf, type InstrumentFormat } from '@/terminal/instrumentFormat';

export function useFormat(ticker: () => string): ComputedRef<InstrumentFormat | undefined> {
  const market = useMarket();
  const { instrument } = useTerminal();
  watchEffect(() => {
    // A symbol that cannot be resolved shows itself by its refused quote.
    instrument(ticker()).catch(() => undefined);
  });
  return computed(() => {
    const info = market.instruments.get(ticker());
    return info === undefined ? undefined : formatOf(info);
  });
}
