/**
 * One WebSocket to one module, shared by all who listen. Subscriptions are counted, confirmed by the server
 * and renewed after every loss; journal topics resume at their offset and prove that nothing is missing.
 */
import type { StreamConnection, StreamListener, StreamState, Unsubscribe } from '@/trading/gateways';
import { plannedDelay, reconnectDelay } from './backoff';
import { topicName, type TopicRequest } from './topic';
import {
  readFrame,
  subscribeFrame,
  unsubscribeFrame,
  type ClientFrame,
  type ServerFrame,
} from './wsMessages';
import { WsOutbox } from './wsOutbox';
import { WsTopic } from './wsTopic';

export const SILENCE_MS = 30_000;
export const IDLE_PING_MS = 25_000;
export const ASK_AGAIN_MS = 30_000;
const REPLY_TIMEOUT_MS = 10_000;
const WATCH_EVERY_MS = 1_000;
/** `WebSocket.OPEN`, which is not there outside a browser. */
const OPEN = 1;
/** Notices of a connection that ends on purpose, for another to take its place. */
const PLANNED_CHANGES = ['draining', 'end-of-life'];
/** So long an announced change of connections is not worth mentioning. */
export const UNMENTIONED_MS = 1_000;
const FINAL_CODES = { first: 4500, last: 4599 };

/** How a listener wants what it listens to. */
export interface StreamOptions {
  maxRateHz?: number;
}

export interface WsClientOptions {
  url: string;
  createSocket?: (url: string) => WebSocket;
  random?: () => number;
}

export class WsClientBase implements StreamConnection {
  private readonly topics = new Map<string, WsTopic>();
  private readonly waiting = new Map<string, { topic: WsTopic; since: number }>();
  private readonly outbox = new WsOutbox((frame) => this.write(frame));
  private readonly stateCallbacks = new Set<(state: StreamState) => void>();
  private readonly createSocket: (url: string) => WebSocket;
  private readonly random: () => number;
  private current: StreamState = { kind: 'idle' };
  private socket: WebSocket | undefined;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private mentionTimer: ReturnType<typeof setTimeout> | undefined;
  /** When the server wants to be connected to again, if it has announced the end of this connection. */
  private returnAt: number | undefined;
  private watchTimer: ReturnType<typeof setInterval> | undefined;
  private attempt = 0;
  private nextId = 1;
  private lastHeard: number | undefined;
  private openedOrHeard = 0;
  private lastSent = 0;
  private lastReply = 0;

  constructor(private readonly options: WsClientOptions) {
    this.createSocket = options.createSocket ?? ((url) => new WebSocket(url));
    this.random = options.random ?? Math.random;
  }

  state(): StreamState {
    return this.current;
  }

  onState(callback: (state: StreamState) => void): Unsubscribe {
    this.stateCallbacks.add(callback);
    return () => this.stateCallbacks.delete(callback);
  }

  /**
   * The first listener of a topic subscribes to it, the last one to go unsubscribes. `maxRateHz` is for topics
   * of newest values; listeners of one topic share what the one with the highest need gets.
   */
  subscribe(
    route: string,
    request: TopicRequest,
    listener: StreamListener<unknown>,
    { maxRateHz }: StreamOptions = {},
  ): Unsubscribe {
    const name = topicName(route, request);
    const known = this.topics.get(name);
    const topic = known ?? new WsTopic(name, route, request);
    topic.add(listener, maxRateHz);
    this.topics.set(name, topic);
    if (this.current.kind === 'idle') this.connect();
    else if (!topic.greet(listener) && topic.pending === undefined) this.renew(topic, false);
    else this.adjustRate(topic);
    let held = true;
    return () => {
      if (held) this.release(topic, listener);
      held = false;
    };
  }

  /** Ends the connection for good; nothing of it is left. */
  close(): void {
    this.drop();
    clearTimeout(this.reconnectTimer);
    this.reconnectTimer = undefined;
    this.topics.clear();
    this.setState({ kind: 'idle' });
  }

  /** Tries at once instead of waiting for the rest of the delay. */
  retryNow(): void {
    if (this.reconnectTimer === undefined) return;
    clearTimeout(this.reconnectTimer);
    this.reconnectTimer = undefined;
    this.connect();
  }

  private release(topic: WsTopic, listener: StreamListener<unknown>): void {
    topic.remove(listener);
    if (!topic.unused) this.adjustRate(topic);
    if (!topic.unused || this.topics.get(topic.name) !== topic) return;
    this.topics.delete(topic.name);
    if (topic.pending !== undefined) this.waiting.delete(topic.pending);
    if (this.isOpen() && (topic.live || topic.pending !== undefined)) {
      this.outbox.send(unsubscribeFrame(topic.route, topic.request, this.takeId()));
    }
  }

  private connect(): void {
    if (this.current.kind === 'idle' || this.current.kind === 'closed') this.setState({ kind: 'connecting' });
    const socket = this.createSocket(this.options.url);
    this.socket = socket;
    this.openedOrHeard = Date.now();
    socket.onopen = () => this.ifCurrent(socket, () => this.onOpen());
    socket.onmessage = (event: MessageEvent) =>
      this.ifCurrent(socket, () => this.onFrame(readFrame(event.data)));
    socket.onclose = (event: CloseEvent) =>
      this.ifCurrent(socket, () => this.onLost(event.code, event.reason));
    this.watchTimer = setInterval(() => this.watch(), WATCH_EVERY_MS);
  }

  /** What a superseded socket still says is of no interest. */
  private ifCurrent(socket: WebSocket, action: () => void): void {
    if (this.socket === socket) action();
  }

  private onOpen(): void {
    this.openedOrHeard = this.lastSent = Date.now();
    this.setState({ kind: 'live' });
    for (const topic of this.topics.values()) this.renew(topic, true);
  }

  private onFrame(frame: ServerFrame): void {
    this.lastHeard = this.openedOrHeard = Date.now();
    this.attempt = 0;
    if (frame.kind === 'update') this.onUpdate(frame);
    else if (frame.kind === 'reply') this.onReply(frame);
    else if (frame.kind === 'error') this.onError(frame);
    else if (frame.kind === 'notice') this.onNotice(frame);
    else if (frame.kind === 'ping') {
      this.outbox.send({ type: 'pong', payload: frame.payload });
      this.checkOffsets(frame.offsets);
    }
    // The timers of a page in the background are slow; what it hears keeps its time.
    this.pingIfIdle();
  }

  private onUpdate({ update }: Extract<ServerFrame, { kind: 'update' }>): void {
    const topic = this.topics.get(update.topic);
    if (topic?.live && !topic.take(update)) this.renew(topic, true);
  }

  private onReply({ id, action, reply }: Extract<ServerFrame, { kind: 'reply' }>): void {
    const topic = action === 'subscribe' ? this.takeWaiting(id) : undefined;
    if (reply.status === 'ok') topic?.accept(reply);
    else topic?.refuse(reply.code ?? '', reply.message, Date.now());
    if (topic !== undefined) this.adjustRate(topic);
  }

  private onNotice({ code, retryAfterMs = 0 }: Extract<ServerFrame, { kind: 'notice' }>): void {
    if (PLANNED_CHANGES.includes(code)) this.returnAt = Date.now() + retryAfterMs;
  }

  /** The server could not read a message of ours, or will not now. */
  private onError({ id, code, message }: Extract<ServerFrame, { kind: 'error' }>): void {
    if (id !== undefined) this.takeWaiting(id)?.refuse(code, message, Date.now());
  }

  private takeWaiting(id: string): WsTopic | undefined {
    const topic = this.waiting.get(id)?.topic;
    if (topic === undefined) return undefined;
    this.waiting.delete(id);
    this.lastReply = Date.now();
    topic.pending = undefined;
    return topic;
  }

  /** All frames before the heartbeat have arrived, so an offset beyond ours means that one is missing. */
  private checkOffsets(offsets: Record<string, number>): void {
    for (const [name, offset] of Object.entries(offsets)) {
      const topic = this.topics.get(name);
      if (topic?.isBehind(offset)) this.renew(topic, true);
    }
  }

  /** Asks again for a live topic whose listeners need another rate than was asked for. */
  private adjustRate(topic: WsTopic): void {
    if (topic.live && topic.isAtOtherRate) this.renew(topic, false);
  }

  private renew(topic: WsTopic, resume: boolean): void {
    if (!this.isOpen()) return;
    if (topic.pending !== undefined) this.waiting.delete(topic.pending);
    if (!resume) topic.forget();
    topic.live = false;
    topic.refusedAt = undefined;
    topic.pending = this.takeId();
    this.waiting.set(topic.pending, { topic, since: Date.now() });
    this.outbox.send(subscribeFrame(topic.route, topic.request, topic.pending, topic.askOptions()));
  }

  /** A browser cannot see protocol pings: silence, or a subscription without an answer, is a dead connection. */
  private watch(): void {
    const now = Date.now();
    const isUnanswered = [...this.waiting.values()].some(
      ({ since }) => now - Math.max(since, this.lastReply) >= REPLY_TIMEOUT_MS,
    );
    if (now - this.openedOrHeard >= SILENCE_MS || isUnanswered) {
      this.onLost(1006, 'no answer');
      return;
    }
    if (!this.isOpen()) return;
    this.outbox.refill();
    for (const topic of this.topics.values()) {
      if (topic.refusedAt !== undefined && now - topic.refusedAt >= ASK_AGAIN_MS) this.renew(topic, true);
    }
    this.pingIfIdle();
  }

  private pingIfIdle(): void {
    if (this.isOpen() && Date.now() - this.lastSent >= IDLE_PING_MS)
      this.outbox.send({ type: 'ping', payload: {} });
  }

  private onLost(code: number, reason: string): void {
    const returnAt = this.returnAt;
    this.drop();
    if (code >= FINAL_CODES.first && code <= FINAL_CODES.last) {
      this.setState({ kind: 'closed', code, reason });
      return;
    }
    this.reconnectTimer = setTimeout(
      () => {
        this.reconnectTimer = undefined;
        this.connect();
      },
      returnAt === undefined
        ? reconnectDelay(this.attempt, this.random())
        : plannedDelay(returnAt - Date.now(), this.random()),
    );
    this.tellOfLoss(returnAt !== undefined);
  }

  /** An announced loss is told only if the next connection takes its time. */
  private tellOfLoss(isPlanned: boolean): void {
    const now = Date.now();
    if (!isPlanned) this.attempt += 1;
    if (this.mentionTimer !== undefined) return;
    const tell = (): void => {
      const since = this.current.kind === 'reconnecting' ? this.current.since : now;
      this.setState({ kind: 'reconnecting', since, lastHeard: this.lastHeard, attempt: this.attempt });
    };
    if (isPlanned && this.current.kind === 'live') this.mentionTimer = setTimeout(tell, UNMENTIONED_MS);
    else tell();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.returnAt = undefined;
    clearInterval(this.watchTimer);
    this.outbox.clear();
    this.waiting.clear();
    for (const topic of this.topics.values()) {
      topic.live = false;
      topic.pending = undefined;
      topic.refusedAt = undefined;
    }
    socket?.close();
  }

  private isOpen(): boolean {
    return this.socket?.readyState === OPEN;
  }

  private write(frame: ClientFrame): void {
    this.lastSent = Date.now();
    this.socket?.send(JSON.stringify(frame));
  }

  private takeId(): string {
    return String(this.nextId++);
  }

  private setState(state: StreamState): void {
    clearTimeout(this.mentionTimer);
    this.mentionTimer = undefined;
    this.current = state;
    for (const callback of [...this.stateCallbacks]) callback(state);
  }
}
