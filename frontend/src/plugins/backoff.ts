/** Full jitter: a random delay up to a bound that doubles with each try, so that clients do not return in step. */

export const SHORTEST_DELAY_MS = 500;
export const LONGEST_DELAY_MS = 30_000;

export const SHORTEST_PLANNED_DELAY_MS = 100;

/** After an end that the server announced: at the time it named, or up to as long again. `random` as below. */
export function plannedDelay(waitMs: number, random: number): number {
  return Math.min(LONGEST_DELAY_MS, Math.max(waitMs, SHORTEST_PLANNED_DELAY_MS) * (1 + random));
}

/** `attempt` counts from 0; `random` is in [0, 1). Never below the shortest delay, so that no loop spins. */
export function reconnectDelay(attempt: number, random: number): number {
  const bound = Math.min(LONGEST_DELAY_MS, SHORTEST_DELAY_MS * 2 ** (attempt + 1));
  return SHORTEST_DELAY_MS + random * (bound - SHORTEST_DELAY_MS);
}
