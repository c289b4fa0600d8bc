/** Working orders and the position of the shown symbol as lines of the chart. */
import { computed, type ComputedRef, type Ref } from 'vue';

import { useAccount } from '@/stores/account';
import type { PriceLine } from '@/terminal/chart/ChartEngine';
import { useTerminal } from '@/terminal/context';
import { formatOf } from '@/terminal/instrumentFormat';
import { Side, isEditable } from '@/trading/constants';
import type { LibrarySymbolInfo } from '@/trading/datafeed';
import { sideWord, typeWord } from '@/trading/words';
import { formatProfit } from '@/ui/formats/numbers';

export function usePriceLines(info: Ref<LibrarySymbolInfo | undefined>): ComputedRef<PriceLine[]> {
  const account = useAccount();
  const { orders } = useTerminal();

  function orderLines(symbol: LibrarySymbolInfo): PriceLine[] {
    const format = formatOf(symbol);
    return account.working.flatMap((order) => {
      const price = order.stopPrice ?? order.limitPrice;
      if (order.symbol !== symbol.ticker || price === undefined) return [];
      const isBuy = order.side === Side.Buy;
      return {
        id: `order-${order.id}`,
        price,
        text: `${sideWord(order)} ${typeWord(order)} ${format.quantity(order.qty - order.filledQty)}`,
        tone: isBuy ? ('buy' as const) : ('sell' as const),
        dashed: true,
        onAxis: true,
        ...(isEditable(order.status) ? { onClose: () => void orders.cancel(order) } : {}),
      };
    });
  }

  function positionLines(symbol: LibrarySymbolInfo): PriceLine[] {
    const format = formatOf(symbol);
    const held = account.open.filter((position) => position.symbol === symbol.ticker);
    return held.map((position) => {
      const profit = account.profits.get(position.id) ?? 0;
      const side = sideWord(position, ['Long', 'Short']);
      return {
        id: `position-${position.id}`,
        price: position.avgPrice,
        text: `${side} ${format.quantity(position.qty)} @ ${format.price(position.avgPrice)}   ${formatProfit(profit)}`,
        tone: profit < 0 ? ('loss' as const) : ('profit' as const),
        dashed: false,
        onAxis: false,
        ...(position.side === Side.Unknown ? {} : { onClose: () => void orders.close(position) }),
      };
    });
  }

  return computed(() =>
    info.value === undefined ? [] : [...positionLines(info.value), ...orderLines(info.value)],
  );
}
