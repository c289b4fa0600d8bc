/** A socket's state in words, which change with time alone: what is reconnecting becomes stale. */
import { computed, onScopeDispose, ref, watchEffect, type ComputedRef } from 'vue';

import { connectionLabel, STALE_AFTER_MS, type ConnectionLabel } from '@/terminal/layout/connectionLabel';
import type { StreamState } from '@/trading/gateways';

export function useConnectionLabel(state: () => StreamState): ComputedRef<ConnectionLabel> {
  const now = ref(Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;

  watchEffect(() => {
    clearTimeout(timer);
    const current = state();
    now.value = Date.now();
    if (current.kind !== 'reconnecting') return;
    const rest = current.since + STALE_AFTER_MS - Date.now();
    if (rest > 0) timer = setTimeout(() => (now.value = Date.now()), rest);
  });
  onScopeDispose(() => clearTimeout(timer));

  return computed(() => connectionLabel(state(), now.value));
}
