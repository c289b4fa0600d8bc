/** The state of the order ticket: what is typed, what is wrong with it, what it would cost, and its sending. */
import { refDebounced, refThrottled } from '@vueuse/core';
import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue';

import { useTerminal } from '@/terminal/context';
import { formatOf } from '@/terminal/instrumentFormat';
import {
  checkTicket,
  problemsByField,
  type TicketField,
  type TicketText,
} from '@/terminal/panels/ticketCheck';
import { reasonOf } from '@/trading/apiError';
import type { DurationType, OrderPreviewResult, PreOrder } from '@/trading/broker';
import { OrderType, Side } from '@/trading/constants';
import type { DatafeedQuoteValues, LibrarySymbolInfo } from '@/trading/datafeed';

const PREVIEW_AFTER_MS = 250;
const PREVIEW_EVERY_MS = 1_000;

export type Problems = Partial<Record<TicketField, string>>;

export function useOrderTicket(info: Ref<LibrarySymbolInfo | undefined>, quote: Ref<DatafeedQuoteValues>) {
  const { broker, orders, unresolved } = useTerminal();
  const text = reactive<TicketText>({ qty: '', limitPrice: '' });
  const side = ref<Side>(Side.Buy);
  const type = ref<'market' | 'limit'>('market');
  const duration = ref<DurationType>('gtc');
  /** The name of the order on its way. */
  const sent = ref<string>();
  const isSending = computed(() => sent.value !== undefined);
  const isChecking = computed(() => sent.value !== undefined && unresolved.value.includes(sent.value));
  const refused = shallowRef<Problems>({});
  const preview = shallowRef<OrderPreviewResult>();
  const previewProblem = ref<string>();

  const checked = computed(() =>
    info.value === undefined ? undefined : checkTicket(info.value, type.value, text),
  );
  const problems = computed<Problems>(() => ({ ...refused.value, ...checked.value?.problems }));
  const order = computed<PreOrder | undefined>(() => {
    const symbol = info.value;
    const values = checked.value?.values;
    if (symbol === undefined || values === undefined) return undefined;
    const base = { symbol: symbol.ticker, side: side.value, qty: values.qty };
    const length = { duration: { type: duration.value } };
    return values.limitPrice === undefined
      ? { ...base, ...length, type: OrderType.Market }
      : { ...base, ...length, type: OrderType.Limit, limitPrice: values.limitPrice };
  });

  watch(
    info,
    (symbol) => {
      const rules = symbol?.library_custom_fields.trading;
      text.qty =
        symbol === undefined || !rules?.tradable ? '' : formatOf(symbol).plainQuantity(rules.qty.default);
      text.limitPrice = '';
      refused.value = {};
      preview.value = undefined;
    },
    { immediate: true },
  );

  watch([side, type, duration, text], () => (refused.value = {}));

  let turn = 0;
  // What an order would cost changes with the prices, so the preview follows them, at a pace of its own.
  const prices = computed(() => `${quote.value.bid} ${quote.value.ask}`);
  const asking = [refDebounced(order, PREVIEW_AFTER_MS), refThrottled(prices, PREVIEW_EVERY_MS)] as const;
  watch(asking, ([asked]) => void estimate(asked), { immediate: true });

  async function estimate(asked: PreOrder | undefined): Promise<void> {
    turn += 1;
    const mine = turn;
    if (asked?.symbol !== info.value?.ticker || asked === undefined) {
      preview.value = undefined;
      previewProblem.value = undefined;
      return;
    }
    try {
      const answer = await broker.previewOrder(asked);
      if (mine !== turn) return;
      preview.value = answer;
      previewProblem.value = undefined;
    } catch (error) {
      if (mine !== turn) return;
      preview.value = undefined;
      previewProblem.value = reasonOf(error);
    }
  }

  /** Sends what is typed; everything stays typed, whatever the answer. */
  async function submit(): Promise<void> {
    if (order.value === undefined || isSending.value) return;
    const clientOrderId = crypto.randomUUID();
    sent.value = clientOrderId;
    refused.value = {};
    try {
      const outcome = await orders.place({ ...order.value, clientOrderId });
      if (!outcome.accepted) refused.value = problemsByField(outcome.fields, outcome.reason);
    } finally {
      sent.value = undefined;
    }
  }

  return {
    text,
    side,
    type,
    duration,
    order,
    problems,
    preview,
    previewProblem,
    isSending,
    isChecking,
    submit,
  };
}
