/** A socket's state in the words of the header. */
import type { StreamState } from '@/trading/gateways';

export interface ConnectionLabel {
  state: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'closed';
  text: string;
  explanation: string;
}

/** After this long without a connection, prices on the screen are called stale. */
export const STALE_AFTER_MS = 5000;

const SEVERITY: Record<StreamState['kind'], number> = {
  live: 0,
  idle: 1,
  connecting: 2,
  reconnecting: 3,
  closed: 4,
};

export function worse(a: StreamState, b: StreamState): StreamState {
  return SEVERITY[b.kind] > SEVERITY[a.kind] ? b : a;
}

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB');
}

export function connectionLabel(state: StreamState, now: number): ConnectionLabel {
  switch (state.kind) {
    case 'live':
      return { state: 'live', text: 'Live', explanation: 'Every stream is connected.' };
    case 'closed':
      return { state: 'closed', text: 'Disconnected', explanation: `${state.reason} (${state.code})` };
    case 'reconnecting': {
      const since = state.lastHeard ?? state.since;
      const explanation = `Last heard of the server at ${clock(since)}; attempt ${state.attempt}.`;
      return now - state.since < STALE_AFTER_MS
        ? { state: 'reconnecting', text: 'Reconnecting', explanation }
        : { state: 'stale', text: `Stale since ${clock(since)}`, explanation };
    }
    case 'idle':
    case 'connecting':
      return { state: 'connecting', text: 'Connecting', explanation: 'The streams are being opened.' };
  }
}
