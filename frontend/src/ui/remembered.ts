/** State that survives a reload in this browser, checked when it is read: stored text may be anything. */
import { ref, watch, type Ref } from 'vue';

const PREFIX = 'trading-pro.';

function read(key: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    // Unreadable or forbidden storage is the same as an empty one.
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory of a setting, nothing else.
  }
}

/** A ref that starts from storage if `accepts` what is there, and is stored on every change. */
export function remembered<T>(key: string, fallback: T, accepts: (value: unknown) => value is T): Ref<T> {
  const stored = read(key);
  const state = ref(accepts(stored) ? stored : fallback) as Ref<T>;
  watch(state, (value) => write(key, value), { deep: true });
  return state;
}

export function oneOf<T extends string>(...choices: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => choices.some((choice) => choice === value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
