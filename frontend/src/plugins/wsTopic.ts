/** One topic of a socket: its listeners, and how far its updates have been seen. */
import type { StreamListener } from '@/trading/gateways';
import type { TopicRequest } from './topic';
import type { Reply, SubscribeOptions, Update } from './wsMessages';

export class WsTopic {
  /** With the most updates a second that each needs. */
  private readonly listeners = new Map<StreamListener<unknown>, number>();
  private askedRate = Infinity;
  private epoch: string | undefined;
  private offset: number | undefined;
  private latest: unknown[] | undefined;
  private told: string | undefined;
  /** Live only between the server's ok and the next loss: no update counts outside. */
  live = false;
  /** Id of the subscribe message that is waiting for its reply. */
  pending: string | undefined;
  /** When the server refused it, in this machine's time. */
  refusedAt: number | undefined;

  constructor(
    readonly name: string,
    readonly route: string,
    readonly request: TopicRequest,
  ) {}

  get unused(): boolean {
    return this.listeners.size === 0;
  }

  /** Whether the rate that was asked for is not what the listeners need now. */
  get isAtOtherRate(): boolean {
    return this.rate !== this.askedRate;
  }

  /** The rate that is enough for every listener. */
  private get rate(): number {
    return Math.max(...this.listeners.values());
  }

  add(listener: StreamListener<unknown>, maxRateHz = Infinity): void {
    this.listeners.set(listener, maxRateHz);
    this.told = undefined;
  }

  remove(listener: StreamListener<unknown>): void {
    this.listeners.delete(listener);
  }

  /** A topic of latest values greets a late listener itself; a journal's needs the server's snapshot. */
  greet(listener: StreamListener<unknown>): boolean {
    if (!this.live || this.offset !== undefined || this.latest === undefined) return false;
    listener.snapshot(this.latest);
    return true;
  }

  /** How to ask for it now: from where its updates have been seen, at the rate that is needed. */
  askOptions(): SubscribeOptions {
    this.askedRate = this.rate;
    return { ...this.recover(), ...(this.rate === Infinity ? {} : { maxRateHz: this.rate }) };
  }

  private recover(): SubscribeOptions {
    if (this.epoch === undefined || this.offset === undefined) return {};
    return { recover: { epoch: this.epoch, offset: this.offset } };
  }

  forget(): void {
    this.epoch = undefined;
    this.offset = undefined;
  }

  /** The server's answer: it continues where we were, or its snapshot replaces what we know. */
  accept(reply: Reply): void {
    this.live = true;
    this.refusedAt = undefined;
    this.told = undefined;
    this.epoch = reply.epoch;
    this.offset = reply.offset;
    if (reply.recovered) return;
    const items = reply.snapshot ?? [];
    this.latest = items;
    for (const listener of [...this.listeners.keys()]) listener.snapshot(items);
  }

  /** A refusal is asked about again, but told only when it is news. */
  refuse(code: string, message: string, now: number): void {
    this.live = false;
    this.refusedAt = now;
    if (this.told === code) return;
    this.told = code;
    for (const listener of [...this.listeners.keys()]) listener.refused?.(code, message);
  }

  /** False if updates are missing between the last one seen and this one. */
  take(update: Update): boolean {
    if (update.offset !== undefined) {
      if (this.offset !== undefined && update.offset <= this.offset) return true;
      if (update.prev !== this.offset) return false;
      this.offset = update.offset;
    }
    this.latest = [update.payload];
    for (const listener of [...this.listeners.keys()]) listener.update(update.payload);
    return true;
  }

  isBehind(serverOffset: number): boolean {
    return this.live && this.offset !== undefined && serverOffset > this.offset;
  }
}
