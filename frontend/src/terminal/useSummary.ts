/** The account's summary as the broker describes it, made reactive, once a frame. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

import { useTerminal } from '@/terminal/context';
import { oncePerFrame } from '@/ui/oncePerFrame';

export type Summary = Readonly<Record<string, number | undefined>>;

export function useSummary(): ShallowRef<Summary> {
  const { summary } = useTerminal().broker.accountManagerInfo();
  const read = (): Summary => Object.fromEntries(summary.map(({ text, wValue }) => [text, wValue.value()]));
  const values = shallowRef(read());
  const update = oncePerFrame(() => (values.value = read()));
  for (const { wValue } of summary) wValue.subscribe(update);
  onScopeDispose(() => {
    for (const { wValue } of summary) wValue.unsubscribe(update);
  });
  return values;
}
