/** Times of the market in a time zone, and durations. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(kind: 'time' | 'dateTime', timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const day = kind === 'time' ? {} : ({ year: 'numeric', month: '2-digit', day: '2-digit' } as const);
  const made = new Intl.DateTimeFormat('en-CA', { ...clock, ...day, timeZone });
  formats.set(key, made);
  return made;
}

/** `14:05:09` in the given zone, or in that of this machine. */
export function formatTime(ms: number, timeZone?: string): string {
  return format('time', timeZone).format(ms);
}

/** `2013-10-04 14:05:09`. */
export function formatDateTime(ms: number, timeZone?: string): string {
  return format('dateTime', timeZone).format(ms).replace(', ', ' ');
}

/** `2 h 5 min`, the two largest units. */
export function formatDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min` : `${Math.floor(ms / 1000)} s`;
}
