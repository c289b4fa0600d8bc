/**
 * Frames of the streaming protocol, read with suspicion: what is not of the protocol is undefined. Frames are
 * the same in every module, so their types come from one of them; a journal's are the fullest.
 */
import type * as Broker_Ws_Backend from '@/clients_generated/ws-types-broker';
import type { TopicRequest } from './topic';

type Subscribe_Ws_Backend = Broker_Ws_Backend.OrdersSubscribeFrame;
type Newest_Ws_Backend = Broker_Ws_Backend.EquitySubscribeFrame;
type Reply_Ws_Backend = Broker_Ws_Backend.OrdersSubscribeResponseFrame['payload'];
type Update_Ws_Backend = Broker_Ws_Backend.OrdersUpdateFrame['payload'];

/** Of a journal `recover`, of newest values `maxRateHz`. */
export type SubscribeOptions = NonNullable<Subscribe_Ws_Backend['options']> &
  NonNullable<Newest_Ws_Backend['options']>;
export type ClientFrame = Omit<Subscribe_Ws_Backend, 'type' | 'payload' | 'options'> & {
  type: string;
  payload: unknown;
  options?: SubscribeOptions;
};
/** Of any route, so its items are yet to be read. */
export type Reply = Omit<Reply_Ws_Backend, 'snapshot'> & { snapshot?: unknown[] };
export type Update = Omit<Update_Ws_Backend, 'payload'> & { payload: unknown };

type Told = Pick<Broker_Ws_Backend.ErrorMessage, 'code' | 'message'>;

export type ServerFrame =
  | { kind: 'reply'; action: 'subscribe' | 'unsubscribe'; id: string; reply: Reply }
  | { kind: 'update'; update: Update }
  | { kind: 'ping'; payload: unknown; offsets: Broker_Ws_Backend.Ping['offsets'] }
  | ({ kind: 'notice'; retryAfterMs?: number } & Told)
  | ({ kind: 'error'; id?: string } & Told)
  | { kind: 'other' };

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function readReply(payload: Fields): Reply {
  return {
    status: payload.status === 'ok' ? 'ok' : 'error',
    message: text(payload.message) ?? '',
    topic: text(payload.topic) ?? '',
    code: text(payload.code),
    epoch: text(payload.epoch),
    offset: number(payload.offset),
    recovered: payload.recovered === true,
    snapshot: Array.isArray(payload.snapshot) ? payload.snapshot : undefined,
  };
}

function readOffsets(value: unknown): Broker_Ws_Backend.Ping['offsets'] {
  if (!isFields(value)) return {};
  const entries = Object.entries(value).flatMap(([topic, offset]) =>
    typeof offset === 'number' ? [[topic, offset] as const] : [],
  );
  return Object.fromEntries(entries);
}

export function readFrame(data: unknown): ServerFrame {
  if (typeof data !== 'string') return { kind: 'other' };
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return { kind: 'other' };
  }
  if (!isFields(frame) || typeof frame.type !== 'string') return { kind: 'other' };
  const { type, payload, id } = frame;
  if (type === 'ping') {
    return { kind: 'ping', payload, offsets: readOffsets(isFields(payload) ? payload.offsets : undefined) };
  }
  if (!isFields(payload)) return { kind: 'other' };
  if (type.endsWith('.update')) {
    const topic = text(payload.topic) ?? '';
    const update = {
      topic,
      payload: payload.payload,
      offset: number(payload.offset),
      prev: number(payload.prev),
    };
    return { kind: 'update', update };
  }
  if (type.endsWith('.response') && typeof id === 'string') {
    const action = type.endsWith('.unsubscribe.response') ? 'unsubscribe' : 'subscribe';
    return { kind: 'reply', action, id, reply: readReply(payload) };
  }
  const told = { code: text(payload.code) ?? '', message: text(payload.message) ?? '' };
  if (type === 'error') return { kind: 'error', id: text(id), ...told };
  if (type !== 'server.notice') return { kind: 'other' };
  return { kind: 'notice', retryAfterMs: number(payload.retryAfterMs), ...told };
}

export function subscribeFrame(
  route: string,
  request: TopicRequest,
  id: string,
  options: SubscribeOptions,
): ClientFrame {
  const frame: ClientFrame = { type: `${route}.subscribe`, payload: request, id };
  return Object.keys(options).length === 0 ? frame : { ...frame, options };
}

export function unsubscribeFrame(route: string, request: TopicRequest, id: string): ClientFrame {
  return { type: `${route}.unsubscribe`, payload: request, id };
}
