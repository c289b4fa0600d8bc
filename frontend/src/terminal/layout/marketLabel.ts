/** What kind of market this is, and how the data of the shown symbol stands, in the words of the header. */
import type { DataKind } from '@/trading/datafeed';

export interface MarketLabel {
  text: string;
  tone: 'up' | 'warn' | 'down' | 'neutral';
  explanation: string;
}

const KINDS: Record<DataKind, MarketLabel> = {
  simulated: {
    text: 'Simulated',
    tone: 'warn',
    explanation: 'Prices come from a generator, not from a market.',
  },
  replayed: {
    text: 'Replayed',
    tone: 'warn',
    explanation: 'Prices were recorded from a real market and are played back.',
  },
  live: { text: 'Live', tone: 'up', explanation: 'Prices come from a market as they are made.' },
  delayed: {
    text: 'Delayed',
    tone: 'warn',
    explanation: 'Prices come from a market, some time after they were made.',
  },
  'end-of-day': {
    text: 'EOD',
    tone: 'warn',
    explanation: 'Prices come from a market once a day, after its close.',
  },
};

export function kindLabel(kind: DataKind): MarketLabel {
  return KINDS[kind];
}

export interface SymbolState {
  symbol: string;
  status: string;
  lastEventTime?: number;
  problem?: string;
}

function since({ lastEventTime }: SymbolState): string {
  if (lastEventTime === undefined) return 'Nothing has come yet.';
  return `The last data is of ${new Date(lastEventTime).toISOString().slice(0, 19).replace('T', ' ')} UTC.`;
}

/** What keeps the data of a symbol from being of now; undefined while it flows. */
export function symbolLabel(state: SymbolState | undefined): MarketLabel | undefined {
  switch (state?.status) {
    case 'stale':
      return {
        text: 'Stale',
        tone: 'down',
        explanation: state.problem ?? `${state.symbol} has been silent for too long. ${since(state)}`,
      };
    case 'failed':
      return { text: 'No data', tone: 'down', explanation: state.problem ?? since(state) };
    case 'closed':
      return {
        text: 'Closed',
        tone: 'neutral',
        explanation: `The exchange of ${state.symbol} is closed. ${since(state)}`,
      };
    case 'waiting':
      return {
        text: 'Waiting',
        tone: 'neutral',
        explanation: `${state.symbol} is waited for. ${since(state)}`,
      };
    default:
      return undefined;
  }
}
