/** Frames of the streaming protocol, read with suspicion: what is not of the protocol is undefined. */
import type { TopicRequest } from './topic';

export interface SubscribeOptions {
  recover?: { epoch: string; offset: number };
}

export interface ClientFrame {
  type: string;
  payload?: unknown;
  id?: string;
  options?: SubscribeOptions;
}

export interface Reply {
  status: 'ok' | 'error';
  message: string;
  topic: string;
  code?: string;
  epoch?: string;
  offset?: number;
  recovered?: boolean;
  snapshot?: unknown[];
}

export interface Update {
  topic: string;
  payload: unknown;
  offset?: number;
  prev?: number;
}

export type ServerFrame =
  | { kind: 'reply'; action: 'subscribe' | 'unsubscribe'; id: string; reply: Reply }
  | { kind: 'update'; update: Update }
  | { kind: 'ping'; payload: unknown; offsets: Record<string, number> }
  | { kind: 'notice'; code: string; message: string }
  | { kind: 'error'; id?: string; code: string; message: string }
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

function readOffsets(value: unknown): Record<string, number> {
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
  return type === 'server.notice' ? { kind: 'notice', ...told } : { kind: 'other' };
}

export function subscribeFrame(
  route: string,
  request: TopicRequest,
  id: string,
  recover: SubscribeOptions['recover'],
): ClientFrame {
  const frame: ClientFrame = { type: `${route}.subscribe`, payload: request, id };
  return recover === undefined ? frame : { ...frame, options: { recover } };
}

export function unsubscribeFrame(route: string, request: TopicRequest, id: string): ClientFrame {
  return { type: `${route}.unsubscribe`, payload: request, id };
}
