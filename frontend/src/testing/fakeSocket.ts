/** A server's end of WebSockets for tests: says what the test tells it to, and records what it is sent. */
export interface SentFrame {
  type: string;
  payload?: unknown;
  id?: string;
  options?: unknown;
}

export class FakeSocket extends EventTarget implements WebSocket {
  static readonly opened: FakeSocket[] = [];
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly bufferedAmount = 0;
  readonly extensions = '';
  readonly protocol = '';
  binaryType: BinaryType = 'blob';
  readyState: WebSocket['readyState'] = 0;
  onopen: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  readonly sent: SentFrame[] = [];

  constructor(readonly url: string) {
    super();
    FakeSocket.opened.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  say(frame: object): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  /** The connection ends as seen by the client. */
  lose(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.(Object.assign(new Event('close'), { code, reason, wasClean: true }));
  }

  sentOf(type: string): SentFrame[] {
    return this.sent.filter((frame) => frame.type === type);
  }

  /** Answers the last subscribe message of `route`. */
  confirm(route: string, reply: object): void {
    const request = this.sentOf(`${route}.subscribe`).at(-1);
    const payload = { status: 'ok', message: '', topic: '', recovered: false, snapshot: [], ...reply };
    this.say({ type: `${route}.subscribe.response`, id: request?.id, payload });
  }

  update(route: string, topic: string, payload: unknown, offset?: number, prev?: number): void {
    this.say({ type: `${route}.update`, payload: { topic, payload, offset, prev } });
  }
}
