/** The account as the broker pushes it: orders, positions, executions, worth. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

import type { Execution, Order, Position } from '@/trading/broker';
import { ConnectionStatus, isFinal } from '@/trading/constants';
import { oncePerFrame } from '@/ui/oncePerFrame';

const KEPT_EXECUTIONS = 500;

function byId<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function newer<T extends { id: string; offset: number }>(known: ReadonlyMap<string, T>, item: T): boolean {
  return (known.get(item.id)?.offset ?? -1) < item.offset;
}

export const useAccount = defineStore('account', () => {
  const isLoaded = shallowRef(false);
  const connection = shallowRef<ConnectionStatus>(ConnectionStatus.Connecting);
  const orders = shallowRef<ReadonlyMap<string, Order>>(new Map());
  const positions = shallowRef<ReadonlyMap<string, Position>>(new Map());
  const executions = shallowRef<readonly Execution[]>([]);
  const profits = shallowRef<ReadonlyMap<string, number>>(new Map());
  const equity = shallowRef<number>();

  const working = computed(() =>
    [...orders.value.values()]
      .filter((order) => !isFinal(order.status))
      .sort((a, b) => b.createTime - a.createTime || b.offset - a.offset),
  );
  const history = computed(() =>
    [...orders.value.values()]
      .filter((order) => isFinal(order.status))
      .sort((a, b) => b.updateTime - a.updateTime || b.offset - a.offset),
  );
  const open = computed(() => [...positions.value.values()].sort((a, b) => a.symbol.localeCompare(b.symbol)));
  const openProfit = computed(() =>
    open.value.reduce((sum, { id }) => sum + (profits.value.get(id) ?? 0), 0),
  );

  function replaceOrders(all: readonly Order[]): void {
    orders.value = byId(all);
  }

  function replacePositions(all: readonly Position[]): void {
    positions.value = byId(all.filter(({ qty }) => qty > 0));
  }

  function replaceExecutions(all: readonly Execution[]): void {
    executions.value = [...all].sort((a, b) => b.time - a.time).slice(0, KEPT_EXECUTIONS);
    isLoaded.value = true;
  }

  function applyOrder(order: Order): void {
    if (newer(orders.value, order)) orders.value = new Map(orders.value).set(order.id, order);
  }

  function applyPosition(position: Position): void {
    if (!newer(positions.value, position)) return;
    const changed = new Map(positions.value);
    if (position.qty > 0) changed.set(position.id, position);
    else changed.delete(position.id);
    positions.value = changed;
  }

  function applyExecution(execution: Execution): void {
    if (executions.value.some(({ id }) => id === execution.id)) return;
    executions.value = [execution, ...executions.value].slice(0, KEPT_EXECUTIONS);
  }

  let waitingEquity: number | undefined;
  const waitingProfits = new Map<string, number>();
  const paint = oncePerFrame(() => {
    equity.value = waitingEquity;
    profits.value = new Map([...profits.value, ...waitingProfits]);
    waitingProfits.clear();
  });

  function applyEquity(value: number): void {
    waitingEquity = value;
    paint();
  }

  function applyProfit(positionId: string, profit: number): void {
    waitingProfits.set(positionId, profit);
    paint();
  }

  return {
    isLoaded,
    connection,
    orders,
    executions,
    profits,
    equity,
    working,
    history,
    open,
    openProfit,
    replaceOrders,
    replacePositions,
    replaceExecutions,
    applyOrder,
    applyPosition,
    applyExecution,
    applyEquity,
    applyProfit,
  };
});
