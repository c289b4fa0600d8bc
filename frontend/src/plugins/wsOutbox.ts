/** Frames on their way out, in order and below the server's limit of 100 a second. */
import type { ClientFrame } from './wsMessages';

/** Two windows of it fit into any second, however they fall. */
export const FRAMES_A_SECOND = 40;

export class WsOutbox {
  private readonly waiting: ClientFrame[] = [];
  private left = FRAMES_A_SECOND;

  constructor(private readonly write: (frame: ClientFrame) => void) {}

  send(frame: ClientFrame): void {
    this.waiting.push(frame);
    this.drain();
  }

  /** To be called once a second. */
  refill(): void {
    this.left = FRAMES_A_SECOND;
    this.drain();
  }

  clear(): void {
    this.waiting.length = 0;
    this.left = FRAMES_A_SECOND;
  }

  private drain(): void {
    for (const frame of this.waiting.splice(0, this.left)) {
      this.left -= 1;
      this.write(frame);
    }
  }
}
