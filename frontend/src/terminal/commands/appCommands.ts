/** The commands that belong to no panel. */
import type { Router } from 'vue-router';

import { useAccount } from '@/stores/account';
import { useMarket } from '@/stores/market';
import { useSettings } from '@/stores/settings';
import { ACCOUNT_TABS, useWorkspace } from '@/stores/workspace';
import type { Terminal } from '@/terminal/context';
import { resolutionName } from '@/terminal/resolutionNames';
import { FAVOURITES } from '@/trading/datafeed';

export function registerAppCommands(terminal: Terminal, router: Router): void {
  const { commands, orders, changeReplay } = terminal;
  const workspace = useWorkspace();
  const settings = useSettings();
  const account = useAccount();
  const market = useMarket();

  commands.register(
    {
      id: 'palette',
      title: 'Show all commands',
      group: 'Terminal',
      shortcut: 'mod+k',
      run: () => (workspace.isPaletteOpen = !workspace.isPaletteOpen),
    },
    {
      id: 'search',
      title: 'Search a symbol',
      group: 'Chart',
      shortcut: '/',
      run: () => (workspace.isSearching = true),
    },
    ...FAVOURITES.map((resolution) => ({
      id: `resolution.${resolution}`,
      title: `Bars of ${resolutionName(resolution)}`,
      group: 'Chart',
      run: () => (workspace.resolution = resolution),
    })),
    ...ACCOUNT_TABS.map((tab, index) => ({
      id: `tab.${tab}`,
      title: `Show ${tab}`,
      group: 'Account',
      shortcut: `alt+${index + 1}`,
      run: () => {
        workspace.tab = tab;
        workspace.bottomMinimised = false;
      },
    })),
    {
      id: 'orders.cancel-all',
      title: 'Cancel all working orders',
      group: 'Account',
      enabled: () => account.working.length > 0,
      run: () => void orders.cancelAll(account.working),
    },
    {
      id: 'replay.toggle',
      title: 'Pause or go on with the replay',
      group: 'Replay',
      shortcut: 'alt+p',
      enabled: () => market.replay !== null && !market.replay.finished,
      run: () => void changeReplay({ playing: market.replay?.playing === false }),
    },
    {
      id: 'theme',
      title: 'Switch between dark and light',
      group: 'Look',
      shortcut: 'alt+t',
      run: settings.toggleTheme,
    },
    {
      id: 'palette.colours',
      title: 'Switch the colours of up and down (colour-blind set)',
      group: 'Look',
      run: settings.togglePalette,
    },
    ...(['exchange', 'local', 'utc'] as const).map((zone) => ({
      id: `zone.${zone}`,
      title: `Times in ${zone === 'utc' ? 'UTC' : `${zone} time`}`,
      group: 'Look',
      run: () => (settings.zone = zone),
    })),
    { id: 'go.terminal', title: 'Go to the terminal', group: 'Terminal', run: () => void router.push('/') },
    {
      id: 'go.status',
      title: 'Go to the status of the server',
      group: 'Terminal',
      run: () => void router.push('/status'),
    },
  );
}
