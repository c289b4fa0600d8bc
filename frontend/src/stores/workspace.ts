/** What is open: the chart's symbol and resolution, the account manager's tab and height. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

import { useMarket } from '@/stores/market';
import { ADJUSTMENTS, isResolution, type Resolution } from '@/trading/datafeed';
import { isFlag, isNumber, isText, oneOf, remembered } from '@/ui/remembered';

export const ACCOUNT_TABS = ['positions', 'orders', 'history', 'executions', 'account', 'log'] as const;
export type AccountTab = (typeof ACCOUNT_TABS)[number];

const SMALLEST = 120;

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isText);
}

export const useWorkspace = defineStore('workspace', () => {
  const market = useMarket();
  // One symbol for each kind of market, as with the watchlists.
  const symbols = remembered<Record<string, string>>('symbols', {}, isTexts);
  const symbol = computed<string | null>(() =>
    market.kind === undefined ? null : (symbols.value[market.kind] ?? market.watchlist?.[0] ?? null),
  );
  const resolution = remembered<Resolution>('resolution', '1', isResolution);
  const adjustment = remembered('adjustment', 'default', oneOf('default', ...ADJUSTMENTS));
  const tab = remembered<AccountTab>('tab', 'positions', oneOf(...ACCOUNT_TABS));
  const bottomHeight = remembered('bottom-height', 188, isNumber);
  const bottomMinimised = remembered('bottom-minimised', false, isFlag);
  const isSearching = ref(false);
  const isPaletteOpen = ref(false);

  function show(ticker: string): void {
    if (market.kind !== undefined) symbols.value = { ...symbols.value, [market.kind]: ticker };
    isSearching.value = false;
  }

  function setBottomHeight(height: number): void {
    bottomHeight.value = Math.round(Math.min(Math.max(height, SMALLEST), window.innerHeight * 0.6));
  }

  return {
    symbol,
    resolution,
    adjustment,
    tab,
    bottomHeight,
    bottomMinimised,
    isSearching,
    isPaletteOpen,
    show,
    setBottomHeight,
  };
});
