/** Messages to the user: they pass by as toasts and stay in a log for the session. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

export type Tone = 'information' | 'success' | 'error';

export interface Notification {
  id: number;
  tone: Tone;
  title: string;
  text: string;
  time: number;
}

const SHOWN_MS: Record<Tone, number> = {
  information: 4000,
  success: 5000,
  error: 10000,
};
const AT_ONCE = 4;
const KEPT = 200;

export const useNotifications = defineStore('notifications', () => {
  const log = shallowRef<readonly Notification[]>([]);
  const open = shallowRef<readonly number[]>([]);
  let last = 0;

  const toasts = computed(() => log.value.filter(({ id }) => open.value.includes(id)).slice(0, AT_ONCE));

  function dismiss(id: number): void {
    open.value = open.value.filter((other) => other !== id);
  }

  /** Shows a message; the result takes it away again. */
  function notify(tone: Tone, title: string, text: string): () => void {
    last += 1;
    const id = last;
    log.value = [{ id, tone, title, text, time: Date.now() }, ...log.value].slice(0, KEPT);
    open.value = [id, ...open.value];
    setTimeout(() => dismiss(id), SHOWN_MS[tone]);
    return () => dismiss(id);
  }

  return { log, toasts, notify, dismiss };
});
