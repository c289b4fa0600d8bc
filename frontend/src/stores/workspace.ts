/** What is open: the chart's symbol and resolution, the account manager's tab and height. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

import { RESOLUTIONS, type Resolution } from '@/trading/datafeed';
import { isFlag, isNumber, isText, oneOf, remembered } from '@/ui/remembered';

export const ACCOUNT_TABS = ['positions', 'orders', 'history', 'executions', 'account', 'log'] as const;
export type AccountTab = (typeof ACCOUNT_TABS)[number];

const SMALLEST = 120;
const isSymbol = (value: unknown): value is string | null => value === null || isText(value);

export const useWorkspace = defineStore('workspace', () => {
  const symbol = remembered<string | null>('symbol', null, isSymbol);
  const resolution = remembered<Resolution>('resolution', '1', oneOf(...RESOLUTIONS));
  const tab = remembered<AccountTab>('tab', 'positions', oneOf(...ACCOUNT_TABS));
  const bottomHeight = remembered('bottom-height', 208, isNumber);
  const bottomMinimised = remembered('bottom-minimised', false, isFlag);
  const isSearching = ref(false);
  const isPaletteOpen = ref(false);

  function show(ticker: string): void {
    symbol.value = ticker;
    isSearching.value = false;
  }

  function setBottomHeight(height: number): void {
    bottomHeight.value = Math.round(Math.min(Math.max(height, SMALLEST), window.innerHeight * 0.6));
  }

  return {
    symbol,
    resolution,
    tab,
    bottomHeight,
    bottomMinimised,
    isSearching,
    isPaletteOpen,
    show,
    setBottomHeight,
  };
});
