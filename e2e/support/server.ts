/** A real server in a process of its own, over a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { ROOT } from './environment.ts';

const COMMAND = join(ROOT, '.venv/bin/trading-pro');
const ADDRESS = /http:\/\/\S+:(\d+)/;

function environmentWithoutSettings(): NodeJS.ProcessEnv {
  const ours = (name: string) => name.startsWith('TRADING_') || name === 'ENABLED_MODULES';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}

export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), 'trading-pro-'));
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;
  #port = '0';

  constructor(options: readonly string[]) {
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Start it, on the same port as the last time, and wait until it serves. */
  async start(): Promise<void> {
    const options = ['serve', '--port', this.#port, '--data-dir', this.#folder, ...this.#options];
    const started = spawn(COMMAND, options, { cwd: ROOT, env: environmentWithoutSettings() });
    this.#process = started;
    const said: string[] = [];
    started.stderr.on('data', (text) => said.push(String(text)));
    for await (const line of createInterface(started.stdout)) {
      const port = ADDRESS.exec(line)?.[1];
      if (port === undefined) continue;
      this.#port = port;
      started.stdout.resume();
      return;
    }
    throw new Error(`the server ended before it served: ${said.join('')}`);
  }

  /** Kill it as `kill -9` does. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  /** End it and forget its data. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
