/** How the terminal looks: theme, colours of up and down, zone of times. */
import { defineStore } from 'pinia';
import { watchEffect } from 'vue';

import { oneOf, remembered } from '@/ui/remembered';

export const useSettings = defineStore('settings', () => {
  const theme = remembered('theme', 'dark', oneOf('dark', 'light'));
  const palette = remembered('palette', 'standard', oneOf('standard', 'colour-blind'));
  const zone = remembered('zone', 'exchange', oneOf('exchange', 'local', 'utc'));

  watchEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme = theme.value;
    dataset.palette = palette.value;
  });

  function toggleTheme(): void {
    theme.value = theme.value === 'dark' ? 'light' : 'dark';
  }

  function togglePalette(): void {
    palette.value = palette.value === 'standard' ? 'colour-blind' : 'standard';
  }

  /** The zone in which times of an instrument of `exchangeZone` are written; undefined is this machine's. */
  function zoneOf(exchangeZone: string | undefined): string | undefined {
    if (zone.value === 'utc') return 'Etc/UTC';
    return zone.value === 'exchange' ? exchangeZone : undefined;
  }

  return { theme, palette, zone, toggleTheme, togglePalette, zoneOf };
});
